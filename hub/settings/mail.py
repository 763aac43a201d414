"""What `EMAIL_URL` says, as Django's own settings. No Django here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hub.settings.environment import EnvironmentValueError

FOLDER_BACKEND = "core.mail_folder.FolderBackend"
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
"""Schemes of SMTP and the port each has when the address names none."""

TIMEOUT = 30
"""Seconds to wait for a mail server before trying again later."""


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """Return the settings for an address; nothing or `folder` puts mail in a folder.

    Raises EnvironmentValueError with one clear sentence for an address that is no use.
    """
    if url in ("", "folder"):
        return {"EMAIL_BACKEND": FOLDER_BACKEND, "MAIL_FOLDER": folder}
    parts = urlsplit(url)
    if parts.scheme.startswith("anymail+"):
        name = parts.scheme.removeprefix("anymail+")
        return {
            "EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend",
            "ANYMAIL": {key.upper(): _setting(key, text) for key, text in parse_qsl(parts.query)},
        }
    try:
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        port = 0
    if not port or not parts.hostname:
        raise EnvironmentValueError(
            "EMAIL_URL cannot be used: write `folder`, `smtp://host:25`, "
            "`smtp+tls://user:password@host:587`, `smtps://user:password@host:465` "
            "or `anymail+provider://?SETTING=value`."
        )
    return {
        "EMAIL_BACKEND": SMTP_BACKEND,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
    }


def _setting(name: str, text: str) -> str | float | bool:
    """Return a setting of Anymail: a text, but a number of seconds, and yes or no, as such."""
    if name.upper() == "REQUESTS_TIMEOUT":
        try:
            return float(text)
        except ValueError as error:
            raise EnvironmentValueError(
                "EMAIL_URL cannot be used: REQUESTS_TIMEOUT is a number of seconds."
            ) from error
    return {"true": True, "false": False}.get(text.lower(), text)
