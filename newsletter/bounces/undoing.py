"""Undoing a bounce: the report was wrong, or the address works again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from newsletter.models import Bounce, BounceKind
from participants import standing
from participants.enums import State
from participants.restoring import restore

UNDOABLE = (BounceKind.HARD, BounceKind.SOFT)


def can_undo(bounce: Bounce) -> bool:
    """Say whether undoing does anything: the person is kept from mail, or being counted."""
    person = bounce.participant
    if person is None or bounce.undone_at or bounce.kind not in UNDOABLE:
        return False
    return person.state == State.BOUNCED or bool(person.soft_bounces)


def undo(bounce: Bounce, *, user: Any, proof: str) -> bool:
    """Mail the person again as before, and forget earlier failures; False when too late."""
    with transaction.atomic():
        row = Bounce.objects.select_for_update().select_related(None).get(pk=bounce.pk)
        if row.participant is None or not can_undo(row):
            return False
        restore(row.participant, proof=proof)
        standing.record_delivered(row.participant)
        row.undone_at, row.undone_by = timezone.now(), user
        row.save(update_fields=["undone_at", "undone_by"])
    return True
