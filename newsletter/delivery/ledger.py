"""Writing each step before and after the wire, for all connections of a sender together.

A connection asks for one thing at a time: “this one ended so; may I begin that one?”.
What several ask at the same moment is committed in one transaction, and none goes on
before the commit. So at most one delivery per connection is ever in doubt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsletter.delivery import ledger_sql, outcomes
from newsletter.delivery.claiming import Job
from newsletter.delivery.ledger_sql import Sent
from newsletter.delivery.outcomes import Bounce, Outcome
from newsletter.enums import DeliveryState, SkipReason
from newsletter.models import Delivery
from participants import standing
from participants.models import Participant

AWAITING = (DeliveryState.ATTEMPTING, DeliveryState.IN_DOUBT)
"""States in which the sender that holds the claim may still say what became of it.

In doubt too: it was taken for dead and was only slow, and knows better than anybody.
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a delivery. Of one that was not begun no server has the text."""

    job: Job
    outcome: Outcome
    was_begun: bool = True


def commit(sender: str, ended: Sequence[Ended], begin: Sequence[Job]) -> set[int]:
    """Write what ended and what begins, in one transaction. Return what may begin.

    A delivery may not begin when its edition was paused or stopped, or when it is no
    longer this sender's. Doing it twice does no harm.
    """
    now = timezone.now()
    others = [end for end in ended if end.outcome.state != DeliveryState.SENT]
    if not others:
        return _write(sender, ended, begin, now)
    with transaction.atomic():
        for end in others:
            _write_other(sender, end, now)
        sent = [end for end in ended if end.outcome.state == DeliveryState.SENT]
        begun = _write(sender, sent, begin, now)
    for end in others:
        _tell_about_address(end, now)
    return begun


def _write(sender: str, ended: Sequence[Ended], begin: Sequence[Job], now: dt.datetime) -> set[int]:
    """Write what was sent and what begins. Return what may begin."""
    sent = [Sent(end.job.delivery, end.outcome.reply, end.job.person.address) for end in ended]
    ids = [job.delivery for job in begin]
    if ledger_sql.write(sender, sent, ids, now) == len(ids):
        return set(ids)
    mine = Delivery.objects.filter(pk__in=ids, claim=sender)
    mine.filter(state=DeliveryState.CLAIMED).update(state=DeliveryState.QUEUED, claim="")
    begun = mine.filter(state=DeliveryState.ATTEMPTING, attempted_at=now)
    return set(begun.values_list("pk", flat=True))


def _write_other(sender: str, end: Ended, now: dt.datetime) -> None:
    outcome, job = end.outcome, end.job
    # Who was erased meanwhile stays so; servers repeat addresses in their answers.
    reply = Case(When(participant=None, then=Value("")), default=Value(outcome.reply))
    values: dict[str, object] = {"state": outcome.state, "reply": reply, "retry_at": None}
    if outcome.state == DeliveryState.QUEUED:
        values |= {"claim": "", "attempts": F("attempts") - int(end.was_begun)}
    elif not end.was_begun:  # refused before its text was asked for: that is an attempt too
        values |= {
            "attempts": F("attempts") + 1,
            "attempted_at": now,
            "first_attempt_at": Coalesce("first_attempt_at", now),
        }
    if outcome.state == DeliveryState.SKIPPED:
        values["skipped_because"] = SkipReason.ADDRESS
    elif outcome.state == DeliveryState.TEMPORARY:
        again = _retry_at(job, now)
        values |= {"retry_at": again, "claim": ""}
        if again is None:
            values["state"] = DeliveryState.PERMANENT
    waits = AWAITING if end.was_begun else (DeliveryState.CLAIMED,)
    Delivery.objects.filter(pk=job.delivery, claim=sender, state__in=waits).update(**values)


def _retry_at(job: Job, now: dt.datetime) -> dt.datetime | None:
    return outcomes.retry_at(
        job.attempts + 1,
        job.first_attempt_at or now,
        now,
        first_wait=dt.timedelta(seconds=settings.NEWSLETTER_RETRY_SECONDS),
        give_up=dt.timedelta(hours=settings.NEWSLETTER_RETRY_HOURS),
    )


def _tell_about_address(end: Ended, now: dt.datetime) -> None:
    """Let the person's standing follow what the server said about the address."""
    bounce = end.outcome.bounce
    given_up = end.outcome.state == DeliveryState.TEMPORARY and _retry_at(end.job, now) is None
    if bounce is Bounce.NONE and not given_up:
        return
    person = Participant.objects.filter(
        pk=end.job.person.pk, address=end.job.person.address
    ).first()
    if person is None:
        return
    Delivery.objects.filter(pk=end.job.delivery, bounced_at=None).update(bounced_at=now)
    if bounce is Bounce.HARD:
        standing.record_hard_bounce(person, now)
    else:
        standing.record_soft_bounce(person, now)
