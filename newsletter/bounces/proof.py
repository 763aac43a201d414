"""Whose mail came back: read from the signed envelope address it was sent with."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from core.mail import sender
from newsletter.models import Alert, Delivery
from newsletter.wire_addresses import delivery_of
from participants.addresses import address_key
from participants.models import Participant

_ALERT = re.compile(r"\+a-(?P<pk>[0-9]{1,19})-(?P<mac>[0-9a-f]{12})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail of ours: to whom, when, and the address that was used ("" when wiped)."""

    person: Participant | None
    sent_at: dt.datetime | None
    address: str = ""
    delivery: Delivery | None = None
    alert: Alert | None = None

    def is_about_now(self) -> bool:
        """Say whether a failure says something about the address the person has today.

        It does not when they changed it since, or confirmed it after the mail was sent.
        """
        if self.person is None or not self.person.address:
            return False
        if self.address and address_key(self.address) != self.person.address_key:
            return False
        confirmed = self.person.confirmed_at
        return not (confirmed and self.sent_at and confirmed > self.sent_at)


def mailed_by(addresses: Iterable[str]) -> Mailed | None:
    """Return the mail that one of some addresses was the envelope sender of."""
    for address in addresses:
        if (number := delivery_of(address)) and (mail := _delivery(number)):
            return mail
        if (number := alert_of(address)) and (mail := _alert(number)):
            return mail
    return None


def return_mailbox() -> str:
    """Return the mailbox that reports come to."""
    return settings.BOUNCE_ADDRESS or sender().address


def alert_return_address(alert: int, mailbox: str) -> str:
    """Return the envelope sender of an alert: `mailbox` with an extension after a plus."""
    local, _at, domain = mailbox.rpartition("@")
    return f"{local}+a-{alert}-{_mac(settings.PEOPLE_KEYS[0], alert)}@{domain}"


def alert_of(address: str) -> int | None:
    """Return the number of the alert that an address was made for; None when it is not ours."""
    found = _ALERT.search(address)
    if not found:
        return None
    number, given = int(found["pk"]), found["mac"].lower()
    right = [hmac.compare_digest(given, _mac(key, number)) for key in settings.PEOPLE_KEYS]
    return number if any(right) else None


def _mac(key: str, alert: int) -> str:
    message = f"alert.verp:{alert}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()[:12]


def _delivery(number: int) -> Mailed | None:
    row = Delivery.objects.select_related("participant").filter(pk=number).first()
    if row is None:
        return None
    return Mailed(row.participant, row.sent_at or row.attempted_at, row.address, delivery=row)


def _alert(number: int) -> Mailed | None:
    row = Alert.objects.select_related("participant").filter(pk=number).first()
    return Mailed(row.participant, row.made_at, row.address, alert=row) if row else None
