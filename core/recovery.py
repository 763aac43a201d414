"""Taking up work that a dead worker left behind.

A task is only a wake-up call; the truth is in the rows of a room. A room that
keeps such rows registers a function here that wakes what is overdue. The
worker calls them all every few seconds.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

_sweepers: list[Callable[[], None]] = []


def register(sweeper: Callable[[], None]) -> Callable[[], None]:
    """Add a function that finds overdue rows and wakes them. Usable as a decorator."""
    if sweeper not in _sweepers:
        _sweepers.append(sweeper)
    return sweeper


def sweep() -> None:
    """Run every registered function; one that fails does not stop the others."""
    for sweeper in (release_tasks_of_dead_workers, *_sweepers):
        try:
            sweeper()
        except Exception:
            logger.exception("Recovery step %s failed", sweeper.__qualname__)


def worker_name() -> str:
    """Name this process so that another can tell whether it still lives."""
    pid = os.getpid()
    return f"{socket.gethostname()[:30]}:{pid}:{_started(pid)}"


def release_tasks_of_dead_workers() -> None:
    """Make tasks ready again whose worker, on this machine, is gone.

    Tasks are wake-up calls and index updates, so running one twice is harmless.
    """
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and not may_live(row.worker_ids[-1]):
            DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None
            )


def may_live(name: str) -> bool:
    """Say whether the worker of that name could be alive; elsewhere we cannot know."""
    host, _, rest = name.rpartition(":")[0].rpartition(":")
    started = name.rpartition(":")[2]
    if host != socket.gethostname()[:30] or not rest.isdigit():
        return True
    return _started(int(rest)) == started


def _started(pid: int) -> str:
    """Return the start time of a process in clock ticks, or "" when it is gone.

    Field 22 of /proc/PID/stat (proc(5)); the command name before it may hold spaces.
    Where there is no /proc, a living process is "0".
    """
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        pass
    try:
        os.kill(pid, 0)
    except OSError:
        return ""
    return "0"
