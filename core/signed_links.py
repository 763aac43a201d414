"""Links that prove themselves: made for one purpose and one subject, no session needed.

A token is one run of letters, digits, `-` and `_` (RFC 4648 base64url): the moment it was
made, the subject, and 16 bytes of an HMAC-SHA256 over both, under a key of the purpose.
It is not secret what it is about, only that we made it. It holds nothing that splits in an
address or a mail, and no name or e-mail address: a subject is a key of a row.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import functools
import hashlib
import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

MAC = 16
LONGEST = 2000
"""Characters of a token; longer ones are refused unread."""

_MOMENT = struct.Struct(">I")

Nonce = Callable[[str], str | None]
"""Returns what a subject's links are bound to now; None refuses them all."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a true token says."""

    subject: str
    made_at: dt.datetime

    def is_older_than(self, age: dt.timedelta, at: dt.datetime | None = None) -> bool:
        """Say whether the token was made longer ago than this."""
        return (at or timezone.now()) - self.made_at > age


def make(purpose: str, subject: str, *, nonce: str = "", at: dt.datetime | None = None) -> str:
    """Return a token for one purpose about one subject.

    With a `nonce` (a counter of the subject, or another fact about it) all its links end when
    that changes.
    """
    moment = int((at or timezone.now()).timestamp())
    payload = _MOMENT.pack(moment) + subject.encode()
    return _as_text(_mac(settings.PEOPLE_KEYS[0], purpose, nonce, payload) + payload)


def open_token(purpose: str, token: str, *, nonce: Nonce | None = None) -> Opened | None:
    """Return what a token of this purpose says, however old; None when it is not ours."""
    raw = _as_bytes(token)
    if raw is None or len(raw) < MAC + _MOMENT.size:
        return None
    mac, payload = raw[:MAC], raw[MAC:]
    try:
        subject = payload[_MOMENT.size :].decode()
    except UnicodeDecodeError:
        return None
    bound_to = nonce(subject) if nonce else ""
    if bound_to is None or not _is_ours(mac, purpose, bound_to, payload):
        return None
    (moment,) = _MOMENT.unpack(payload[: _MOMENT.size])
    return Opened(subject, dt.datetime.fromtimestamp(moment, dt.UTC))


def read(
    purpose: str,
    token: str,
    *,
    max_age: dt.timedelta | None = None,
    nonce: Nonce | None = None,
    at: dt.datetime | None = None,
) -> str | None:
    """Return the subject of a token; None when it is not ours, for something else or too old."""
    opened = open_token(purpose, token, nonce=nonce)
    if opened is None or (max_age is not None and opened.is_older_than(max_age, at)):
        return None
    return opened.subject


def _is_ours(mac: bytes, purpose: str, nonce: str, payload: bytes) -> bool:
    # Every key is tried, so that the time taken says nothing about which one fits.
    fits = [
        hmac.compare_digest(mac, _mac(key, purpose, nonce, payload)) for key in settings.PEOPLE_KEYS
    ]
    return any(fits)


def _mac(key: str, purpose: str, nonce: str, payload: bytes) -> bytes:
    digest = _keyed(key, purpose, nonce).copy()
    digest.update(payload)
    return digest.digest()[:MAC]


@functools.lru_cache(maxsize=64)
def _keyed(key: str, purpose: str, nonce: str) -> hmac.HMAC:
    own_key = hashlib.sha256(f"link\0{purpose}\0{nonce}\0{key}".encode()).digest()
    return hmac.new(own_key, digestmod=hashlib.sha256)


def _as_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _as_bytes(token: str) -> bytes | None:
    if not token.isascii() or len(token) > LONGEST:
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # One token has one spelling: the unused bits of the last letter count too.
    return raw if _as_text(raw) == token else None
