"""The list of addresses to leave alone, kept as keyed hashes.

A plain hash of an address can be found again by trying every known address; with a key
that is not in the database it cannot. The key outlives `SECRET_KEY`, or the list would
be forgotten whenever that one is changed (decision 0016).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from participants.addresses import address_key
from participants.enums import State
from participants.models.suppression import Suppression


def hashes(address: str) -> list[str]:
    """Return the hashes of an address, by the key of today first, then by earlier ones."""
    message = address_key(address).encode()
    return [
        hmac.new(b"suppression:" + key.encode(), message, hashlib.sha256).hexdigest()
        for key in settings.PEOPLE_KEYS
    ]


def suppress(address: str, reason: State, at: dt.datetime | None = None) -> None:
    """Put an address on the list, or change why it is there."""
    lift(address)
    Suppression.objects.create(hash=hashes(address)[0], reason=reason, at=at or timezone.now())


def lift(address: str) -> None:
    """Take an address off the list: its owner signed up again."""
    Suppression.objects.filter(hash__in=hashes(address)).delete()


def reason(address: str) -> State | None:
    """Return why an address is left alone, None when it is not on the list."""
    row = Suppression.objects.filter(hash__in=hashes(address)).first()
    return State(row.reason) if row else None


def reasons(addresses: Iterable[str]) -> dict[str, State]:
    """Return why each of many addresses is left alone; those not on the list are absent.

    Asks the database once per 500 addresses, as an import does.
    """
    by_hash = {found: address for address in addresses for found in hashes(address)}
    keys = list(by_hash)
    rows: list[tuple[str, str]] = []
    for start in range(0, len(keys), 500):
        part = Suppression.objects.filter(hash__in=keys[start : start + 500])
        rows.extend(part.values_list("hash", "reason"))
    return {by_hash[found]: State(why) for found, why in rows}
