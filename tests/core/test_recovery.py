import os
import socket

from django.utils import timezone

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core import recovery


def running_task(worker: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="kenniskamer.tasks.read",
        queue_name="default",
        backend_name="default",
        run_after=get_date_max(),
        started_at=timezone.now(),
        worker_ids=[worker],
    )


HOST = socket.gethostname()[:30]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("worker", "status"),
    [
        ("{me}", TaskResultStatus.RUNNING),
        ("{host}:{pid}:1", TaskResultStatus.READY),  # the number went to another process
        ("{host}:999999999:123", TaskResultStatus.READY),
        ("elsewhere:1:1", TaskResultStatus.RUNNING),  # another machine: we cannot know
        ("random-name", TaskResultStatus.RUNNING),
    ],
)
def test_tasks_of_dead_workers_are_ready_again(worker, status):
    task = running_task(worker.format(me=recovery.worker_name(), host=HOST, pid=os.getpid()))
    recovery.sweep()
    task.refresh_from_db()
    assert task.status == status


@pytest.mark.django_db
def test_a_step_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    done = []

    def broken():
        raise RuntimeError("broken step")

    monkeypatch.setattr(recovery, "_sweepers", [])
    recovery.register(broken)
    recovery.register(lambda: done.append(1))
    recovery.sweep()
    assert done == [1]
    assert "broken" in caplog.text
