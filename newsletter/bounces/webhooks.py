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

from core.mail_provider import MARK
from newsletter.bounces.consequences import apply
from newsletter.bounces.dsn import status_in, without_addresses
from newsletter.bounces.proof import Mailed, mailed_by
from newsletter.bounces.reasons import is_hard
from newsletter.enums import DeliveryState
from newsletter.models import Bounce, BounceKind, BounceSource, Delivery
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
    mailed = whose(event)
    if kind is None or mailed is None:
        return
    if kind == BounceKind.DELIVERED and not tells_something(mailed):
        return  # the usual case leaves no row
    with transaction.atomic():
        bounce, made = Bounce.objects.get_or_create(
            digest=_digest(esp_name, event),
            defaults={
                "kind": kind,
                "source": BounceSource.WEBHOOK,
                "received_at": event.timestamp or timezone.now(),
                "participant": mailed.person,
                "delivery": mailed.delivery,
                "alert": mailed.alert,
                "status": status_in(said),
                "diagnostic": without_addresses(said),
            },
        )
        if made and kind == BounceKind.UNSUBSCRIBE:
            _leave(mailed, bounce)
        elif made:
            apply(bounce, mailed)


def whose(event: Any) -> Mailed | None:
    """Return the mail an event is about, by our mark on it; else whose address it names."""
    mark = (event.metadata or {}).get(MARK, "")
    if mark and (found := mailed_by([f"+{mark}@"])):
        return found
    person = Participant.objects.with_address(event.recipient or "").first()
    return Mailed(person, event.timestamp or timezone.now()) if person else None


def tells_something(mailed: Mailed) -> bool:
    """Say whether it matters that a mail arrived: after failures, and where that was in doubt."""
    in_doubt = mailed.delivery is not None and mailed.delivery.state == DeliveryState.IN_DOUBT
    return in_doubt or bool(mailed.person and mailed.person.soft_bounces)


def _leave(mailed: Mailed, bounce: Bounce) -> None:
    """Withdraw for somebody who left by a button or list of the provider."""
    if mailed.person:
        consent.withdraw_all(mailed.person, method=Method.REPLY)
    if mailed.delivery:
        rows = Delivery.objects.filter(pk=mailed.delivery.pk, unsubscribed_at=None)
        rows.update(unsubscribed_at=bounce.received_at)


def _digest(esp_name: str, event: Any) -> str:
    """Return what names an event. A provider without numbers is known by what it tells."""
    name = event.event_id or "|".join(
        str(part) for part in (event.event_type, event.message_id, event.recipient, event.timestamp)
    )
    return hashlib.sha256(f"{esp_name}|{name}".encode()).hexdigest()


def connect() -> None:
    """Listen to Anymail."""
    tracking.connect(take_in, dispatch_uid="newsletter.bounces", weak=False)
