"""Every environment variable the hub reads, in one table.

`docs/settings.md` shows the same table; a test compares the two, so a variable
that is not documented cannot be read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class EnvironmentValueError(ValueError):
    """An environment variable holds something its setting cannot use."""


def boolean(text: str) -> bool:
    """Read yes/no as people write it; anything else is an error, not False."""
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False, "": False}
    return known[text.strip().lower()]


def days(text: str) -> int:
    """Read a number of days; below zero is an error."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def hour(text: str) -> int:
    """Read an hour of the day, 0 to 23."""
    number = int(text)
    if not 0 <= number <= 23:
        raise ValueError(text)
    return number


def positive(text: str) -> int:
    """Read a number of one or more."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def options(text: str) -> dict[str, Any]:
    """Read options as a JSON object."""
    found = json.loads(text or "{}")
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def giver(text: str) -> str:
    """Read who gives out files."""
    return {"hub": "hub", "nginx": "nginx"}[text.strip().lower()]


def rate(text: str) -> float:
    """Read a number a second; 0 is no limit."""
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError(text)
    return number


def rates(text: str) -> dict[str, float]:
    """Read rates per name, as `name=number`, separated by commas."""
    pairs = (word.partition("=") for word in words(text))
    return {name.strip().lower(): rate(number) for name, _is, number in pairs}


def words(text: str) -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its default as text and how it is read."""

    name: str
    default: str
    read: Callable[[str], Any]
    meaning: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "DJANGO_SETTINGS_MODULE",
            "hub.settings.production",
            str,
            "Which settings apply: `hub.settings.development`, `.production` or `.test`.",
        ),
        Variable("PORT", "8000", int, "Port on which `make run` and the Procfile listen."),
        Variable(
            "WEB_HOST",
            "127.0.0.1",
            str,
            "Address on which gunicorn listens; 0.0.0.0 for all, when a proxy is elsewhere.",
        ),
        Variable(
            "HUB_DATA_DIR",
            "var",
            str,
            "Folder for database, media, search index and generated key; relative to the project.",
        ),
        Variable(
            "SECRET_KEY",
            "",
            str,
            "Key for signing. Required in production; `make run` makes one in the data folder.",
        ),
        Variable(
            "PEOPLE_KEY",
            "",
            words,
            "Key for links in mails and for hashes of addresses that left; keep it for years, the same"
            " on every machine. After a comma: earlier keys that still count. Empty: one is made in"
            " the data folder.",
        ),
        Variable(
            "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", words, "Host names the site answers to."
        ),
        Variable(
            "BASE_URL",
            "http://localhost:8000",
            str,
            "Public address of the site, without a closing slash; used in links outside a request.",
        ),
        Variable(
            "CSRF_TRUSTED_ORIGINS",
            "",
            words,
            "Origins (scheme and host) whose forms are trusted, when behind a proxy.",
        ),
        Variable(
            "HTTPS",
            "yes",
            boolean,
            "Production only: redirect to https, send HSTS, secure cookies.",
        ),
        Variable(
            "TRUSTED_PROXY",
            "no",
            boolean,
            "Trust `X-Forwarded-Proto` and the last `X-Forwarded-For` from the proxy in front; only when"
            " it always sets them.",
        ),
        Variable(
            "DATABASE_URL",
            "",
            str,
            "PostgreSQL 15+ address (`postgres://…`). Empty: SQLite in the data folder.",
        ),
        Variable(
            "SEARCH_URL",
            "",
            str,
            "Elasticsearch 8/9 or OpenSearch 2/3 (`https://user:password@host:9200/prefix`)."
            " Empty: SQLite in the data folder.",
        ),
        Variable(
            "HUB_MAX_UPLOAD_MB", "100", int, "Largest document an editor may upload, in megabytes."
        ),
        Variable(
            "HUB_MAX_AUDIO_MB",
            "300",
            int,
            "Largest recording of a podcast that is stored, in megabytes.",
        ),
        Variable(
            "FILES_BY",
            "hub",
            giver,
            "Who gives out stored files: `hub`, or `nginx` in front of it (`X-Accel-Redirect`).",
        ),
        Variable(
            "AUDIO_STORAGE",
            "",
            str,
            "Storage class for recordings, such as one of an object store. Empty: the media folder.",
        ),
        Variable(
            "AUDIO_STORAGE_OPTIONS", "", options, "Options of that storage class, as a JSON object."
        ),
        Variable(
            "AUDIO_ORIGIN",
            "",
            str,
            "Scheme and host of that store (`https://files.example.org`), which pages may then play"
            " from.",
        ),
        Variable(
            "TESSERACT",
            "tesseract",
            str,
            "Command that reads scans (OCR), where it is installed. Empty: never.",
        ),
        Variable(
            "HUB_REVIEW_AFTER_DAYS",
            "365",
            int,
            "Days after which a study comes back on the editors' worklist to be read again; 0: never.",
        ),
        Variable(
            "HUB_EDITOR_PASSWORD",
            "",
            str,
            "Password for the demo's editor. Empty: one is made and kept in the data folder.",
        ),
        Variable(
            "SEARCH_COUNTS_DAYS",
            "365",
            days,
            "Days that counts of what visitors search for are kept; 0: nothing is counted.",
        ),
        Variable(
            "HUB_FORGET_UNCONFIRMED_DAYS",
            "14",
            days,
            "Days after which a sign-up that nobody confirmed is forgotten.",
        ),
        Variable(
            "HUB_KEEP_CONSENT_DAYS",
            "730",
            days,
            "Days that the consents of people who left are kept as proof, and with them their row.",
        ),
        Variable(
            "EMAIL_URL",
            "",
            str,
            "How mail leaves: `smtp+tls://user:password@host:587`, `smtps://…`, `smtp://…`, or"
            " `anymail+provider://?SETTING=value`. Empty or `folder`: `.eml` files in the data folder.",
        ),
        Variable(
            "ALERTS_HOUR",
            "7",
            hour,
            "Hour of the day, in the time zone of the site, from which mails about what people follow go.",
        ),
        Variable(
            "NEWSLETTER_CONNECTIONS",
            "4",
            positive,
            "Connections of one `manage.py deliver` to the mail server.",
        ),
        Variable(
            "NEWSLETTER_PER_CONNECTION",
            "200",
            positive,
            "Mails over one connection before a new one is made.",
        ),
        Variable(
            "NEWSLETTER_RATE",
            "0",
            rate,
            "Most mails a second of editions, all senders together; 0: as fast as the server takes.",
        ),
        Variable(
            "NEWSLETTER_DOMAIN_RATES",
            "",
            rates,
            "Most mails a second per domain (`gmail.com=5,outlook.com=2`); `*=10` is every other one.",
        ),
        Variable(
            "NEWSLETTER_RETRY_SECONDS",
            "60",
            positive,
            "Seconds before a mail that was refused for now is tried again; each next wait is twice"
            " as long, at most four hours.",
        ),
        Variable(
            "NEWSLETTER_RETRY_HOURS",
            "48",
            positive,
            "Hours after which a mail that is still refused for now is given up.",
        ),
        Variable(
            "NEWSLETTER_LATE_HOURS",
            "2",
            positive,
            "Hours after which an edition that nothing sent waits for an editor.",
        ),
        Variable(
            "NEWSLETTER_LOG_DAYS",
            "90",
            days,
            "Days after an edition that addresses stay in the log of who got it.",
        ),
        Variable(
            "BOUNCE_ADDRESS",
            "",
            str,
            "Mailbox to which undeliverable mail comes back; it must take `name+anything@`. Empty: the"
            " sender address.",
        ),
        Variable(
            "INSTALLATION_KEY",
            "",
            str,
            "Lets a machine without a lasting data folder send editions; `manage.py send_from_here`"
            " prints it.",
        ),
        Variable(
            "BOUNCES_URL",
            "",
            str,
            "Mailbox that the worker reads for mail that came back: `imaps://user:password@host/Folder`,"
            " `imap+tls://…`, `pop3s://…` or `maildir:/path`. Empty: none.",
        ),
        Variable(
            "ANYMAIL_WEBHOOK_SECRET",
            "",
            str,
            "Secret (`name:password`) in the address at which a mail provider tells about bounces and"
            " complaints. Empty: there is no such address.",
        ),
        Variable("WEB_WORKERS", "2", int, "gunicorn worker processes."),
        Variable("WEB_THREADS", "4", int, "Threads per gunicorn worker."),
        Variable("LOG_LEVEL", "INFO", str, "Least severe level that is logged."),
    )
}


def value(name: str) -> Any:
    """Return the value of a declared variable.

    Raises EnvironmentValueError with one clear sentence when it cannot be read.
    """
    variable = VARIABLES[name]
    text = os.environ.get(name, variable.default)
    try:
        return variable.read(text)
    except (KeyError, ValueError) as error:
        raise EnvironmentValueError(
            f"The environment variable {name} is {text!r}, which cannot be used: {variable.meaning}"
        ) from error
