"""Taking deliveries in hand: some at a time, each by one sender only.

PostgreSQL locks the rows and lets others skip them; SQLite lets one transaction write at
a time (IMMEDIATE). Consent and pause are looked at again here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from newsletter.delivery import pacing
from newsletter.editions_told import Shorter, told_by_alerts, without
from newsletter.enums import DeliveryState, EditionState, SkipReason
from newsletter.models import Delivery, Edition, FrozenMail
from participants.consent import mailable
from participants.enums import Purpose, State
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a mail needs of a participant: rows are made much faster than model objects."""

    pk: int
    key: uuid.UUID
    link_number: int
    address: str
    address_key: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Queued:
    """What is needed of a delivery that waits."""

    pk: int
    edition: int
    participant: int
    mail: int
    domain: str
    attempts: int
    first_attempt_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery in hand, with what is needed to send it."""

    delivery: int
    edition: int
    mail: int
    person: Recipient
    domain: str
    attempts: int
    first_attempt_at: dt.datetime | None
    left_out: frozenset[str] = frozenset()
    """Addresses of the news in it that an alert told this person already."""
    shorter: Shorter | None = None
    """What it says without them."""

    @property
    def recipient(self) -> str:
        """The address as mail servers take it: as typed before the @, in ASCII behind it."""
        domain = self.person.address_key.rpartition("@")[2]
        return self.person.address.rpartition("@")[0] + "@" + domain


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
        _skip([row for row in rows if row.participant not in people], now)
        pairs = [(row, people[row.participant]) for row in rows if row.participant in people]
        taken = _within_rates(pairs, now)
        Delivery.objects.filter(pk__in=[row.pk for row, _person in taken]).update(
            state=DeliveryState.CLAIMED, claim=sender
        )
    return _without_told([_job(row, person) for row, person in taken], sender)


def release(deliveries: Iterable[int], sender: str) -> None:
    """Put back what was taken in hand and not begun."""
    Delivery.objects.filter(
        pk__in=list(deliveries), claim=sender, state=DeliveryState.CLAIMED
    ).update(state=DeliveryState.QUEUED, claim="")


def _candidates(sending: list[int], most: int, now: dt.datetime) -> list[Queued]:
    """Lock what comes next. Rows that another sender looks at are passed over."""
    queued = Delivery.objects.filter(edition__in=sending, state=DeliveryState.QUEUED)
    held = pacing.held_domains(now)
    if held:
        queued = queued.exclude(domain__in=held)
    locked = queued.select_for_update(skip_locked=True).order_by("edition", "pk")[:most]
    rows = locked.values_list(
        "pk", "edition", "participant", "mail", "domain", "attempts", "first_attempt_at"
    )
    # 0 stands for who was erased, and for a mail that nobody needs any more.
    return [Queued(a, b, c or 0, d or 0, e, f, g) for a, b, c, d, e, f, g in rows]


def _people(rows: list[Queued]) -> dict[int, Recipient]:
    """Return those of the participants who may be mailed at this moment."""
    people = mailable(Purpose.NEWSLETTER).filter(pk__in=[row.participant for row in rows])
    found = people.values_list(
        "pk", "key", "link_number", "address", "address_key", "name", "language"
    )
    return {a: Recipient(a, b, c, d, e or "", f, g) for a, b, c, d, e, f, g in found}


def _skip(rows: list[Queued], now: dt.datetime) -> None:
    """Write why those who were on the list do not get it after all."""
    people = Participant.objects.in_bulk([row.participant for row in rows]) if rows else {}
    for row in rows:
        person = people.get(row.participant)
        if person is None or person.state == State.ERASED:
            reason = SkipReason.ERASED
        else:
            reason = SkipReason.PAUSED if person.is_paused(now) else SkipReason.NO_CONSENT
        Delivery.objects.filter(pk=row.pk).update(
            state=DeliveryState.SKIPPED, skipped_because=reason
        )


def _without_told(jobs: list[Job], sender: str) -> list[Job]:
    """Leave out of each what an alert told the person; who was told everything is skipped."""
    left: list[Job] = []
    for edition in Edition.objects.filter(pk__in={job.edition for job in jobs}):
        theirs = [job for job in jobs if job.edition == edition.pk]
        told = told_by_alerts(edition, [job.person.pk for job in theirs])
        mails = FrozenMail.objects.in_bulk({j.mail for j in theirs if j.person.pk in told})
        made = [_shortened(job, mails, told.get(job.person.pk)) for job in theirs]
        empty = [job.delivery for job in made if job.shorter and job.shorter.is_empty]
        Delivery.objects.filter(pk__in=empty, claim=sender, state=DeliveryState.CLAIMED).update(
            state=DeliveryState.SKIPPED, skipped_because=SkipReason.TOLD
        )
        left += [job for job in made if job.delivery not in empty]
    return left


def _shortened(job: Job, mails: dict[int, FrozenMail], told: frozenset[str] | None) -> Job:
    if not told:
        return job
    return replace(job, left_out=told, shorter=without(mails[job.mail], told))


def _within_rates(
    pairs: list[tuple[Queued, Recipient]], now: dt.datetime
) -> list[tuple[Queued, Recipient]]:
    """Keep what the rates allow now."""
    allowance = pacing.allowance({row.domain for row, _person in pairs}, now)
    taken = [pair for pair in pairs if allowance.take(pair[0].domain)]
    allowance.store()
    return taken


def _job(row: Queued, person: Recipient) -> Job:
    return Job(
        delivery=row.pk,
        edition=row.edition,
        mail=row.mail,
        person=person,
        domain=row.domain,
        attempts=row.attempts,
        first_attempt_at=row.first_attempt_at,
    )
