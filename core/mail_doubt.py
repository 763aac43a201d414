"""Deciding about letters that may or may not have arrived: their answer was lost.

Nothing sends them again by itself. Who may read mail sees by name whose they are and chooses.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import mail_sending
from core.models import Letter, LetterState


def consider_sent(letters: Iterable[int], user: Any) -> int:
    """Take letters in doubt as sent, and empty them; return how many."""
    with transaction.atomic():
        chosen = _chosen(letters)
        for letter in chosen:
            letter.decided_at, letter.decided_by = timezone.now(), user
            mail_sending.end(letter, LetterState.SENT, letter.error)
    return len(chosen)


def send_again(letters: Iterable[int], user: Any) -> int:
    """Send letters in doubt once more, knowing that they may arrive twice; return how many.

    They keep their Message-ID, by which many mail programs show two copies as one.
    """
    now = timezone.now()
    with transaction.atomic():
        chosen = _chosen(letters)
        for letter in chosen:
            letter.state, letter.attempts, letter.due_at = LetterState.QUEUED, 0, now
            letter.ended_at, letter.decided_at, letter.decided_by = None, now, user
            letter.save()
            mail_sending.wake(letter)
    return len(chosen)


def _chosen(letters: Iterable[int]) -> list[Letter]:
    """Lock those about which nobody else decided meanwhile."""
    found = Letter.objects.in_doubt().filter(pk__in=list(letters))
    return list(found.select_for_update().order_by("pk"))
