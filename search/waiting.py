"""The rows that wait for the index: who takes them up, and when they are tried again.

A row is taken with a lease; a worker that dies leaves it behind, and after the lease
another takes it up. Each attempt puts the next one off for longer. A row that was tried
several times is taken alone, so that what kills a worker takes no other row with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.models import IndexRequest

LEASE = dt.timedelta(minutes=2)
BATCH = 20
SUSPECT = 3
"""Attempts after which a row is taken alone."""

_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 3600.0
_MOST_DOUBLINGS = 12


def ask(keys: Iterable[str]) -> int:
    """Write requests for documents to be read again; return how many."""
    return len(IndexRequest.objects.bulk_create([IndexRequest(key=key) for key in keys]))


def due() -> QuerySet[IndexRequest]:
    """Return the rows that may be taken up now, the least tried and then the oldest first."""
    now = timezone.now()
    return IndexRequest.objects.filter(
        Q(taken_until=None) | Q(taken_until__lte=now), Q(not_before=None) | Q(not_before__lte=now)
    ).order_by("attempts", "pk")


def take() -> list[IndexRequest]:
    """Take a batch of rows, unless another worker is busy."""
    now = timezone.now()
    with transaction.atomic():
        if IndexRequest.objects.filter(taken_until__gt=now).exists():
            return []
        rows = list(due().select_for_update()[:BATCH])
        rows = [row for row in rows if row.attempts < SUSPECT] or rows[:1]
        for row in rows:
            row.attempts += 1
            row.taken_until = now + LEASE
            row.not_before = now + pause(row.attempts)
        IndexRequest.objects.bulk_update(rows, ["attempts", "taken_until", "not_before"])
    return rows


def give_back(rows: Sequence[IndexRequest]) -> None:
    """Let rows wait as if they had not been taken: it was no fault of theirs."""
    _rows(rows).update(taken_until=None, not_before=None, attempts=F("attempts") - 1)


def put_off(row: IndexRequest) -> None:
    """Let a row wait until its next attempt."""
    _rows([row]).update(taken_until=None)


def forget(rows: Sequence[IndexRequest]) -> None:
    """Remove rows that are settled."""
    _rows(rows).delete()


def pause(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many attempts: twice as long each time, to an hour."""
    seconds = _FIRST_PAUSE * 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return dt.timedelta(seconds=min(seconds, _LONGEST_PAUSE))


def _rows(rows: Sequence[IndexRequest]) -> QuerySet[IndexRequest]:
    """Return these rows as they are now."""
    return IndexRequest.objects.filter(pk__in=[row.pk for row in rows])
