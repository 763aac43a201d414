"""Wake-up calls for imports of people. A lost or doubled one costs nothing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from django_tasks import task

from participants.importing import actions
from participants.models.importing import WORKING, ImportState, PeopleImport

MOST_ATTEMPTS = 3
"""After so many interruptions an import is broken off, and says so."""


@task()
def work_on(batch_id: int) -> None:
    """Do what an import waits for, unless that is not needed any more."""
    rows = PeopleImport.objects.filter(pk=batch_id)
    rows.filter(state__in=WORKING).update(attempts=F("attempts") + 1)
    batch = rows.first()
    if batch and batch.state == ImportState.JUDGING:
        actions.judge(batch)
    elif batch and batch.state == ImportState.IMPORTING:
        actions.bring_in(batch)


def wake(batch: PeopleImport) -> None:
    """Ask for an import to be worked on, once it is stored for certain."""
    transaction.on_commit(lambda: work_on.enqueue(batch.pk))


def wake_overdue() -> None:
    """Take up imports whose worker is gone or whose wake-up call was lost."""
    now = timezone.now()
    for batch in PeopleImport.objects.filter(state__in=WORKING, lease_until__lt=now):
        same = PeopleImport.objects.filter(pk=batch.pk, lease_until=batch.lease_until)
        if batch.attempts >= MOST_ATTEMPTS:
            same.update(state=ImportState.BROKEN_OFF, lease_until=None)
        elif same.update(lease_until=now + actions.LEASE):
            work_on.enqueue(batch.pk)
