"""What is kept of a task that failed names nobody, as logs do not."""

from __future__ import annotations

from typing import Any

from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from core.log_privacy import clean


def connect() -> None:
    """Clean every task that failed."""
    task_finished.connect(clean_result, dispatch_uid="core.task_privacy")


def clean_result(task_result: Any, **kwargs: Any) -> None:
    """Take people out of the traceback of a task; its arguments are keys of rows."""
    # The sender is a backend or its class, by how the task ended; only this one keeps anything.
    if task_result.status != TaskResultStatus.FAILED or not isinstance(
        task_backends[task_result.backend], DatabaseBackend
    ):
        return
    row = DBTaskResult.objects.get(pk=task_result.id)
    DBTaskResult.objects.filter(pk=row.pk).update(traceback=clean(row.traceback))
