"""How long we remember who left: then the proof of their consent goes too."""

from __future__ import annotations

import datetime as dt
import time

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from participants import standing
from participants.acts import note_act
from participants.enums import STOPPED, State
from participants.models import Consent, Participant, Pause
from participants.models.act import ActKind

SECONDS_BETWEEN = 3600.0
AT_ONCE = 200
"""People in one go, so that nobody waits long for the database."""

_next = 0.0


def forget_now_and_then() -> None:
    """Forget whose term is over, at most once an hour."""
    global _next
    if time.monotonic() >= _next:
        _next = time.monotonic() + SECONDS_BETWEEN
        forget_left()


def forget_left(at: dt.datetime | None = None) -> int:
    """Erase who left longer ago than the term, with their consents; return how many.

    The row that stays is empty: it keeps counts of editions true. The keyed hash stays as
    well, so that nobody is imported again; it names nobody.
    """
    before = (at or timezone.now()) - dt.timedelta(days=settings.HUB_KEEP_CONSENT_DAYS)
    people = list(_left_before(before)[:AT_ONCE])
    for person in people:
        if person.state != State.ERASED:
            standing.erase(person)
    # The ledger refuses to be changed from outside; the end of its term is the one exception.
    if people:
        for facts in (Consent, Pause):
            facts._base_manager.filter(participant__in=people).delete()
        note_act(ActKind.EXPIRED, count=len(people))
    return len(people)


def _left_before(before: dt.datetime) -> QuerySet[Participant]:
    """Return who left and about whom nothing was written since then."""
    facts = Consent.objects.filter(participant=OuterRef("pk"))
    # Mail may come back from somebody who never agreed to anything: then there is no fact.
    never_agreed = ~Exists(facts) & ~Q(state=State.ERASED) & Q(created_at__lt=before)
    agreed_once = Exists(facts) & ~Exists(facts.filter(at__gte=before))
    return Participant.objects.filter(never_agreed | agreed_once, state__in=STOPPED).order_by("pk")
