"""How one delivery is known to machines: its Message-ID and its envelope sender (VERP).

Both hold the number of the delivery and a short keyed hash, so that a bounce can be
led back to its row and nobody can make one up. Nothing of the person is in them.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
from urllib.parse import quote, urlsplit

from django.conf import settings

_MARK = "b-"
_VERP = re.compile(r"\+b-(?P<pk>[0-9]{1,19})-(?P<mac>[0-9a-f]{12})@", re.IGNORECASE)


def host() -> str:
    """Return the host name of the site, as List-Id and Message-ID carry it."""
    return _host_of(settings.BASE_URL)


@functools.lru_cache(maxsize=4)
def _host_of(address: str) -> str:
    return urlsplit(address).hostname or "localhost"


def message_id(edition: int, delivery: int) -> str:
    """Return the Message-ID of a delivery without brackets: the same whenever it is sent."""
    return f"e{edition}.{delivery}.{_mac('message-id', delivery)}@{host()}"


def return_address(delivery: int, mailbox: str) -> str:
    """Return the envelope sender of a delivery: `mailbox` with an extension after a plus."""
    local, _at, domain = mailbox.rpartition("@")
    return f"{local}+{_MARK}{delivery}-{_mac('verp', delivery)}@{domain}"


def delivery_of(address: str) -> int | None:
    """Return the number of the delivery that a return address was made for, or None.

    None also when the hash is wrong. Capitals are as good as small letters.
    """
    found = _VERP.search(address)
    if not found:
        return None
    delivery = int(found["pk"])
    return delivery if hmac.compare_digest(found["mac"].lower(), _mac("verp", delivery)) else None


def unsubscribe_mail(mailbox: str, token: str) -> str:
    """Return the mailto address by which a mail program unsubscribes (RFC 2369)."""
    return _mailto(mailbox) + quote(token, safe="")


@functools.lru_cache(maxsize=4)
def _mailto(mailbox: str) -> str:
    return f"mailto:{quote(mailbox, safe='@+')}?subject=unsubscribe%20"


def _mac(purpose: str, delivery: int) -> str:
    digest = _keyed(settings.SECRET_KEY, purpose).copy()
    digest.update(str(delivery).encode())
    return digest.hexdigest()[:12]


@functools.lru_cache(maxsize=4)
def _keyed(key: str, purpose: str) -> hmac.HMAC:
    return hmac.new(f"newsletter.{purpose}:{key}".encode(), digestmod=hashlib.sha256)
