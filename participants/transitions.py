"""Moving a person from one state to another: the only place where `state` is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from participants import pausing, suppression
from participants.enums import STOPPED, State
from participants.models.participant import Participant


@contextmanager
def locked(participant: Participant) -> Iterator[Participant]:
    """Hold the row of a person, so that two requests change it one after the other.

    The object that was given shows the new values afterwards. SQLite has no row locks; its
    transactions take the whole database when they begin (IMMEDIATE).
    """
    with transaction.atomic():
        row = Participant.objects.select_for_update().get(pk=participant.pk)
        yield row
    participant.refresh_from_db(fields=_CHANGING)


_CHANGING = [
    "address",
    "address_key",
    "name",
    "state",
    "confirmed_at",
    "paused_until",
    "soft_bounces",
    "last_soft_bounce_at",
    "link_number",
]


def move(row: Participant, state: State, at: dt.datetime | None = None) -> None:
    """Put a locked row in a state, and its address on or off the list that goes with it."""
    moment = at or timezone.now()
    if state in STOPPED:
        suppression.suppress(row.address, state, moment)
    else:
        suppression.lift(row.address)
        row.confirmed_at = moment
        row.soft_bounces, row.last_soft_bounce_at = 0, None
    row.state = state
    if state == State.ERASED:
        forget(row, moment)
    row.save()


def forget(row: Participant, at: dt.datetime) -> None:
    """Empty everything that says who a person is."""
    pausing.set_pause(row, None, at)
    row.address = row.name = ""
    row.last_soft_bounce_at = None
    row.soft_bounces = 0
    row.link_number += 1
    row.topics.clear()
    row.join_requests.all().delete()
