"""Silence that somebody asked for: each change is a fact, and the row of the person repeats it."""

from __future__ import annotations

import datetime as dt

from participants.models.participant import Participant
from participants.models.pause import Pause


def set_pause(row: Participant, until: dt.datetime | None, at: dt.datetime) -> None:
    """Write that a person wants no mail until a moment, or wants it again (None).

    The caller holds the row (`participants.transitions.locked`). Writes nothing when nothing
    changes: a pause that ran out by itself needs no end.
    """
    was = row.paused_until if row.is_paused(at) else None
    if until != was:
        Pause.objects.create(participant=row, at=at, until=until)
    if until != row.paused_until:
        row.paused_until = until
        row.save(update_fields=["paused_until"])
