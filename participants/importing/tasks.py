"""Wake-up calls for imports of people."""

from __future__ import annotations

from django_tasks import task

from core.batches import Steps
from participants.importing import actions
from participants.models.importing import ImportState, PeopleImport


@task()
def work_on(batch_id: int) -> None:
    """Do what an import waits for."""
    STEPS.work(batch_id)


STEPS = Steps(
    PeopleImport,
    {ImportState.JUDGING: actions.judge, ImportState.IMPORTING: actions.bring_in},
    tired=ImportState.BROKEN_OFF,
    call=lambda: work_on,
)
wake, wake_overdue = STEPS.wake, STEPS.wake_overdue
