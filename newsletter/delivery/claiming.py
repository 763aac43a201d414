"""Taking deliveries in hand: some at a time, each by one sender only.

PostgreSQL locks the rows and lets others skip them; SQLite lets one transaction write at
a time (IMMEDIATE). Consent and pause are looked at again here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from newsletter.delivery import pacing
from newsletter.enums import DeliveryState, EditionState, SkipReason
from newsletter.models import Delivery, Edition
from participants.consent import mailable
from participants.enums import Purpose, State
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery in hand, with what is needed to send it."""

    delivery: int
    edition: int
    mail: int
    person: Participant
    domain: str
    attempts: int
    first_attempt_at: dt.datetime | None

    @property
    def recipient(self) -> str:
        """The address as mail servers take it: as typed before the @, in ASCII behind it."""
        key = self.person.address_key or ""
        return self.person.address.rpartition("@")[0] + "@" + key.rpartition("@")[2]


def claim(sender: str, most: int) -> list[Job]:
    """Take up to so many deliveries in hand for the sender with this key."""
    now = timezone.now()
    sending = list(
        Edition.objects.filter(state=EditionState.SENDING)
        .exclude(queued_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not sending:
        return []
    with transaction.atomic():
        rows = _candidates(sending, most, now)
        if not rows:
            return []
        people = _people(rows)
        _skip([row for row in rows if row.participant_id not in people], now)
        pairs = [(row, people[row.participant_id]) for row in rows if row.participant_id in people]
        taken = _within_rates(pairs, now)
        Delivery.objects.filter(pk__in=[row.pk for row, _person in taken]).update(
            state=DeliveryState.CLAIMED, claim=sender
        )
    return [_job(row, person) for row, person in taken]


def release(deliveries: Iterable[int], sender: str) -> None:
    """Put back what was taken in hand and not begun."""
    Delivery.objects.filter(
        pk__in=list(deliveries), claim=sender, state=DeliveryState.CLAIMED
    ).update(state=DeliveryState.QUEUED, claim="")


def _candidates(sending: list[int], most: int, now: dt.datetime) -> list[Delivery]:
    """Lock what comes next. Rows that another sender looks at are passed over."""
    queued = Delivery.objects.filter(edition__in=sending, state=DeliveryState.QUEUED)
    held = pacing.held_domains(now)
    if held:
        queued = queued.exclude(domain__in=held)
    return list(queued.select_for_update(skip_locked=True).order_by("edition", "pk")[:most])


def _people(rows: list[Delivery]) -> dict[int | None, Participant]:
    """Return those of the participants who may be mailed at this moment."""
    wanted = [row.participant_id for row in rows if row.participant_id]
    people = mailable(Purpose.NEWSLETTER).filter(pk__in=wanted)
    return {person.pk: person for person in people}


def _skip(rows: list[Delivery], now: dt.datetime) -> None:
    """Write why those who were on the list do not get it after all."""
    people = Participant.objects.in_bulk([row.participant_id for row in rows if row.participant_id])
    for row in rows:
        person = people.get(row.participant_id or 0)
        if person is None or person.state == State.ERASED:
            reason = SkipReason.ERASED
        else:
            reason = SkipReason.PAUSED if person.is_paused(now) else SkipReason.NO_CONSENT
        Delivery.objects.filter(pk=row.pk).update(
            state=DeliveryState.SKIPPED, skipped_because=reason
        )


def _within_rates(
    pairs: list[tuple[Delivery, Participant]], now: dt.datetime
) -> list[tuple[Delivery, Participant]]:
    """Keep what the rates allow now."""
    allowance = pacing.allowance({row.domain for row, _person in pairs}, now)
    taken = [pair for pair in pairs if allowance.take(pair[0].domain)]
    allowance.store()
    return taken


def _job(row: Delivery, person: Participant) -> Job:
    return Job(
        delivery=row.pk,
        edition=row.edition_id,
        mail=row.mail_id or 0,
        person=person,
        domain=row.domain,
        attempts=row.attempts,
        first_attempt_at=row.first_attempt_at,
    )
