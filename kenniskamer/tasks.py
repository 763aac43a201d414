"""Wake-up calls for reading. A lost or doubled one costs nothing: the rows decide."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from django_tasks import task

from kenniskamer import reading
from kenniskamer.enums import UNDER_WAY, SourceState
from kenniskamer.models import SourceFile

WAKE_AGAIN = dt.timedelta(minutes=5)
"""After this long a waiting file is woken once more; its call may have been lost."""

MOST_ATTEMPTS = 3
INTERRUPTED = "interrupted too often while it was read"


@task()
def read_source(source_file_id: int) -> None:
    """Read one source file, unless that is not needed any more."""
    reading.read(source_file_id)


def wake(source: SourceFile) -> None:
    """Ask for a waiting file to be read, once it is stored for certain."""
    transaction.on_commit(lambda: read_source.enqueue(source.pk))


def begin_again(source: SourceFile) -> None:
    """Put a file back in line from the start, whoever was reading it."""
    source.state = SourceState.WAITING
    source.claim = source.error = ""
    source.attempts = source.pages_done = 0
    source.lease_until = timezone.now() + WAKE_AGAIN
    source.save(
        update_fields=["state", "claim", "error", "attempts", "pages_done", "lease_until", "sha256"]
    )
    wake(source)


def wake_overdue() -> None:
    """Take up the files whose reader is gone or whose wake-up call was lost."""
    now = timezone.now()
    overdue = Q(lease_until__lt=now) | Q(lease_until=None)
    for source in SourceFile.objects.filter(overdue, state__in=UNDER_WAY):
        # The same row as was seen, or a worker has just taken it.
        same = SourceFile.objects.filter(overdue, pk=source.pk, claim=source.claim)
        if source.attempts >= MOST_ATTEMPTS:
            same.update(
                state=SourceState.TOO_LARGE,
                claim="",
                lease_until=None,
                pages_done=0,
                error=INTERRUPTED,
            )
        elif same.update(state=SourceState.WAITING, claim="", lease_until=now + WAKE_AGAIN):
            read_source.enqueue(source.pk)
