"""What follows from a report: a person is left alone at once, or a failure is counted."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from newsletter.bounces.proof import Mailed
from newsletter.enums import DeliveryState
from newsletter.models import Alert, Bounce, BounceKind, Delivery
from participants import standing
from participants.models import Participant

SETTLED = dt.timedelta(days=5)
"""After so long no report comes any more: servers give up within five days (RFC 5321 §4.5.4.1)."""

FAILED = (BounceKind.HARD, BounceKind.SOFT)


def apply(bounce: Bounce, mailed: Mailed) -> None:
    """Do what a report asks for, once. The caller holds the transaction."""
    if bounce.kind == BounceKind.COMPLAINT:
        _mark(bounce, "complained_at")
    elif bounce.kind in FAILED:
        _mark(bounce, "bounced_at")
    _settle(bounce)
    if mailed.person is None:
        return
    if bounce.kind == BounceKind.COMPLAINT:
        standing.record_complaint(mailed.person, bounce.received_at)
        return
    if not mailed.is_about_now():
        Bounce.objects.filter(pk=bounce.pk).update(counted=False)
        return
    if bounce.kind == BounceKind.HARD:
        standing.record_hard_bounce(mailed.person, bounce.received_at)
    elif bounce.kind == BounceKind.SOFT:
        count_soft(mailed.person, bounce.received_at)
    elif bounce.kind == BounceKind.DELIVERED:
        standing.record_delivered(mailed.person)


def count_soft(person: Participant, at: dt.datetime) -> None:
    """Count a failure that may pass, from one again when mail arrived since the last one."""
    if person.last_soft_bounce_at and arrived_between(person, person.last_soft_bounce_at, at):
        standing.record_delivered(person)
    standing.record_soft_bounce(person, at)


def arrived_between(person: Participant, after: dt.datetime, before: dt.datetime) -> bool:
    """Say whether a mail was sent in between that never came back.

    The server taking it is not enough: many servers take a mail and report its failure
    later. One that is still fresh does not count yet.
    """
    settled = before - SETTLED
    sent = Q(sent_at__gt=after, sent_at__lt=settled, state=DeliveryState.SENT, bounced_at=None)
    if Delivery.objects.filter(sent, participant=person).exists():
        return True
    alerts = Alert.objects.filter(participant=person, bounced_at=None)
    return alerts.filter(made_at__gt=after, made_at__lt=settled).exists()


def forget_settled(now: dt.datetime) -> int:
    """Forget the failures of people who got mail since; return how many people that are.

    Mail arrived when it was taken after the last failure and no report came for five days.
    """
    sent = Q(sent_at__gt=OuterRef("last_soft_bounce_at"), sent_at__lt=now - SETTLED)
    mails = Delivery.objects.filter(sent, participant=OuterRef("pk"), bounced_at=None)
    people = Participant.objects.filter(soft_bounces__gt=0, last_soft_bounce_at__lt=now - SETTLED)
    arrived = people.filter(Exists(mails.filter(state=DeliveryState.SENT)))
    return arrived.update(soft_bounces=0, last_soft_bounce_at=None)


def _settle(bounce: Bounce) -> None:
    """End the doubt about a mail: whoever reports about it had it."""
    if bounce.delivery_id is None:
        return
    values: dict[str, object] = {"state": DeliveryState.SENT, "sent_at": F("attempted_at")}
    if bounce.kind in FAILED:
        values = {"state": DeliveryState.PERMANENT, "reply": bounce.diagnostic or bounce.status}
    rows = Delivery.objects.filter(pk=bounce.delivery_id).in_doubt()
    rows.update(claim="", **values)


def _mark(bounce: Bounce, field: str) -> None:
    """Note on the mail itself that it came back, the first time."""
    if bounce.delivery_id:
        rows = Delivery.objects.filter(pk=bounce.delivery_id, **{field: None})
        rows.update(**{field: bounce.received_at})
    elif bounce.alert_id and field == "bounced_at":
        Alert.objects.filter(pk=bounce.alert_id, bounced_at=None).update(
            bounced_at=bounce.received_at
        )
