"""Wake-up calls for imports of references. A lost or doubled one costs nothing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from django_tasks import task

from kenniskamer.models.imports import WORKING, ImportState, ReferenceImport
from kenniskamer.references import actions

MOST_ATTEMPTS = 3
"""After so many interruptions an import waits for a person again."""


@task()
def work_on(batch_id: int) -> None:
    """Do what an import waits for, unless that is not needed any more."""
    # Counted when it is tried, not when it is woken: waiting in a long line is no failure.
    rows = ReferenceImport.objects.filter(pk=batch_id)
    rows.filter(state__in=WORKING).update(attempts=F("attempts") + 1)
    batch = rows.first()
    if batch and batch.state == ImportState.READING:
        actions.read(batch)
    elif batch and batch.state == ImportState.IMPORTING:
        actions.bring_in(batch)


def wake(batch: ReferenceImport) -> None:
    """Ask for an import to be worked on, once it is stored for certain."""
    transaction.on_commit(lambda: work_on.enqueue(batch.pk))


def wake_overdue() -> None:
    """Take up imports whose worker is gone or whose wake-up call was lost."""
    now = timezone.now()
    for batch in ReferenceImport.objects.filter(state__in=WORKING, lease_until__lt=now):
        same = ReferenceImport.objects.filter(pk=batch.pk, lease_until=batch.lease_until)
        if batch.attempts >= MOST_ATTEMPTS:
            same.update(state=ImportState.DONE, lease_until=None)
        elif same.update(lease_until=now + actions.LEASE):
            work_on.enqueue(batch.pk)
