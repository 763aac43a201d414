"""What a mail provider tells by webhook, through django-anymail.

Anymail checks the secret of the address (`ANYMAIL_WEBHOOK_SECRET`) and, where a provider
signs, the signature; what arrives here is true. It makes one kind of event out of those of
all providers.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from anymail.signals import tracking

from newsletter.bounces.consequences import apply
from newsletter.bounces.dsn import status_in, without_addresses
from newsletter.bounces.proof import Mailed
from newsletter.bounces.reasons import is_hard
from newsletter.models import Bounce, BounceKind, BounceSource
from participants import consent
from participants.enums import Method
from participants.models import Participant

_KNOWN_BAD = ("invalid",)
"""Reasons by which a provider says that the address does not exist."""

_SPAM = "spam"
_LEFT = "unsubscribed"


def kind_of(event_type: str, reason: str, said: str) -> BounceKind | None:
    """Return what an event of Anymail means; None when there is nothing to do.

    `rejected` is a provider that did not even try, because of its own list of addresses.
    """
    if event_type == "complained" or (event_type == "rejected" and reason == _SPAM):
        return BounceKind.COMPLAINT
    if event_type == "unsubscribed" or (event_type == "rejected" and reason == _LEFT):
        return BounceKind.UNSUBSCRIBE
    if event_type == "delivered":
        return BounceKind.DELIVERED
    if event_type == "rejected":
        return BounceKind.HARD if reason in (*_KNOWN_BAD, "bounced") else None
    if event_type != "bounced":
        return None
    if reason in _KNOWN_BAD or (reason == "bounced" and is_hard(status_in(said), said)):
        return BounceKind.HARD
    return BounceKind.SOFT


def take_in(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """Act on one event, once. The receiver of Anymail's `tracking` signal."""
    said = " ".join(str(part) for part in (event.mta_response, event.description) if part)
    kind = kind_of(event.event_type, event.reject_reason or "", said)
    person = Participant.objects.with_address(event.recipient or "").first()
    if kind is None or person is None:
        return
    if kind == BounceKind.DELIVERED and not person.soft_bounces:
        return  # the usual case leaves no row
    with transaction.atomic():
        bounce, made = Bounce.objects.get_or_create(
            digest=_digest(esp_name, event),
            defaults={
                "kind": kind,
                "source": BounceSource.WEBHOOK,
                "received_at": event.timestamp or timezone.now(),
                "participant": person,
                "status": status_in(said),
                "diagnostic": without_addresses(said),
            },
        )
        if made and kind == BounceKind.UNSUBSCRIBE:
            consent.withdraw_all(person, method=Method.REPLY)
        elif made:
            apply(bounce, Mailed(person, bounce.received_at))


def _digest(esp_name: str, event: Any) -> str:
    """Return what names an event. A provider without numbers is known by what it tells."""
    name = event.event_id or "|".join(
        str(part) for part in (event.event_type, event.message_id, event.recipient, event.timestamp)
    )
    return hashlib.sha256(f"{esp_name}|{name}".encode()).hexdigest()


def connect() -> None:
    """Listen to Anymail."""
    tracking.connect(take_in, dispatch_uid="newsletter.bounces", weak=False)
