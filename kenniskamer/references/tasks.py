"""Wake-up calls for imports of references."""

from __future__ import annotations

from django_tasks import task

from core.batches import Steps
from kenniskamer.models.imports import ImportState, ReferenceImport
from kenniskamer.references import actions


@task()
def work_on(batch_id: int) -> None:
    """Do what an import waits for."""
    STEPS.work(batch_id)


STEPS = Steps(
    ReferenceImport,
    {ImportState.READING: actions.read, ImportState.IMPORTING: actions.bring_in},
    tired=ImportState.DONE,
    call=lambda: work_on,
)
wake, wake_overdue = STEPS.wake, STEPS.wake_overdue
