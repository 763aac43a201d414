"""Mail through the interface of a provider (django-anymail): what it can carry, and its answers.

A request that was answered with an error was not taken, or it was, or nobody knows: that
decides whether a mail may be offered again.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

import requests
import urllib3
from anymail.backends.base import AnymailBaseBackend
from anymail.exceptions import (
    AnymailError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)

MARK = "mark"
"""The name under which a provider keeps our mark of a mail, and tells it with every event."""


class Fate(StrEnum):
    """What an error says about a mail."""

    NO_SUCH_PERSON = "the provider refuses the recipient"
    REFUSED = "the provider refuses this mail"
    ABOUT_US = "the provider refuses all we send, or asks us to wait; it has not taken the mail"
    UNREACHED = "the provider was not reached"
    UNKNOWN = "nobody knows whether the provider took the mail"


_ABOUT_US = (401, 402, 403, 404, 405, 407, 408, 410, 425, 429)
"""Key, payment, permission, address of the interface, and “not so fast” (RFC 9110, 6585)."""

_BEFORE_THE_REQUEST = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.TooManyRedirects,  # none is followed, and nothing is taken by one
    urllib3.exceptions.NewConnectionError,  # also a name without an address
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)
_DOES_NOT_FIT = (AnymailUnsupportedFeature, AnymailInvalidAddress, AnymailSerializationError)
"""Found while the request was made, so there was none."""


def fate(error: Exception) -> Fate:
    """Return what an error of Anymail's backends means. What is not known for sure is UNKNOWN."""
    if isinstance(error, AnymailRecipientsRefused):
        return Fate.NO_SUCH_PERSON
    status = status_of(error)
    if status in _ABOUT_US:
        return Fate.ABOUT_US
    if 400 <= status < 500:
        return Fate.REFUSED
    if any(isinstance(one, _BEFORE_THE_REQUEST) for one in _causes(error)):
        return Fate.UNREACHED
    if status or isinstance(error, requests.RequestException):
        return Fate.UNKNOWN
    if isinstance(error, _DOES_NOT_FIT):
        return Fate.REFUSED
    return Fate.ABOUT_US if type(error) is AnymailError else Fate.UNKNOWN


def status_of(error: Exception) -> int:
    """Return the HTTP status that an error is about, 0 when there was no answer."""
    return int(getattr(error, "status_code", None) or 0)


def words_of(error: Exception) -> str:
    """Return what the provider said. It may hold addresses."""
    response = getattr(error, "response", None)
    if response is None:
        return ""
    try:
        found = response.json()
    except ValueError:
        found = None
    if isinstance(found, dict):
        for name in ("Message", "message", "error", "detail"):
            if isinstance(found.get(name), str):
                return str(found[name])
    return str(response.text)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those inside it: requests wraps what urllib3 wrapped."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


# --- What a provider can carry ------------------------------------------------

_OPTIONS: dict[str, Any] = {
    "metadata": {MARK: "b-1-0"},
    "track_opens": False,
    "track_clicks": False,
    "envelope_sender": "bounces@example.org",
    "reply_to": ["reply@example.org"],
    "extra_headers": {"List-Unsubscribe": "<https://example.org/u>"},
}


_carried: dict[type, frozenset[str]] = {}


def is_provider(backend: Any) -> bool:
    """Say whether mail goes through an interface that Anymail speaks."""
    return isinstance(backend, AnymailBaseBackend)


def carries(backend: AnymailBaseBackend) -> frozenset[str]:
    """Return which options of a mail a provider's interface knows."""
    kind = type(backend)
    if kind not in _carried:
        found = (name for name, value in _OPTIONS.items() if _takes(backend, name, value))
        _carried[kind] = frozenset(found)
    return _carried[kind]


def _takes(backend: AnymailBaseBackend, name: str, value: Any) -> bool:
    """Try to make a request with it, which is not sent."""
    probe = EmailMultiAlternatives("s", "t", "from@example.org", ["to@example.org"])
    probe.attach_alternative("<p>t</p>", "text/html")
    setattr(probe, name, value)
    try:
        backend.build_message_payload(probe, backend.send_defaults)
    except AnymailUnsupportedFeature:
        return False
    return True


def dress(message: EmailMultiAlternatives, backend: AnymailBaseBackend, returns_to: str) -> None:
    """Give a message what its provider must know: whose it is, and that nobody is followed.

    `returns_to` is the envelope sender, whose extension is our mark. It is asked for itself
    only where the settings name a mailbox of ours for mail that comes back.
    """
    known = carries(backend)
    mark = returns_to.rpartition("@")[0].rpartition("+")[2] if "+" in returns_to else ""
    wanted = {
        "track_opens": False,
        "track_clicks": False,
        "metadata": {MARK: mark} if mark else None,
        "envelope_sender": returns_to if returns_to and settings.BOUNCE_ADDRESS else None,
    }
    for name, value in wanted.items():
        if name in known and value is not None:
            setattr(message, name, value)
    if backend.esp_name == "Postmark":  # it makes a Message-ID of its own unless told not to
        message.extra_headers["X-PM-KeepID"] = "true"
