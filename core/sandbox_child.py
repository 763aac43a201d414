"""The child's side of `core.sandbox`: limit myself first, then touch the input.

Run as a script in isolated mode (`python -I`), with the standard library only;
the code that reads the file is imported after the limits stand. What it has to
say goes as JSON lines to one pipe; standard output and error lead nowhere.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

MESSAGE_LENGTH = 300
"""Characters of an error message that are passed on: a file can write its own."""

CPU_GRACE_SECONDS = 2
"""Between the signal that ends a slow child and the kernel's own kill."""

WALL_GRACE_SECONDS = 5
"""After the parent should have ended us: only counts when the parent is gone."""


class Channel:
    """The pipe to the parent, one JSON object a line."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)
        self._descriptor = descriptor

    def progress(self, values: Mapping[str, Any]) -> None:
        """Tell how far the work is; raises BrokenPipeError when nobody listens."""
        self._send({"progress": dict(values)})

    def result(self, value: Any) -> None:
        """Hand over what the work gave, as JSON values."""
        self._send({"result": value, "peak_memory": peak_memory(os.getpid())})

    def failure(self, error: BaseException) -> None:
        """Name the error that ended the work."""
        message = str(error)[:MESSAGE_LENGTH]
        self._send(
            {
                "error": type(error).__name__,
                "message": message,
                "peak_memory": peak_memory(os.getpid()),
            }
        )

    def _send(self, line: Mapping[str, Any]) -> None:
        data = memoryview(json.dumps(line).encode() + b"\n")
        while data:
            data = data[os.write(self._descriptor, data) :]


def peak_memory(pid: int) -> int:
    """Return the most bytes the process has held at once, 0 where not known.

    Read from /proc: what `getrusage` tells also counts the parent's memory at
    the moment of the fork.
    """
    with suppress(OSError, ValueError), open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def limit(limits: Mapping[str, int]) -> None:
    """Bind this process; only outside Linux may the kernel refuse a limit."""
    cpu = limits["cpu_seconds"]
    _set(resource.RLIMIT_CPU, cpu, cpu + CPU_GRACE_SECONDS)
    _set(resource.RLIMIT_AS, limits["memory_bytes"])
    _set(resource.RLIMIT_FSIZE, limits["file_bytes"])
    _set(resource.RLIMIT_NOFILE, limits["open_files"])
    _set(resource.RLIMIT_CORE, 0)
    signal.alarm(limits["wall_seconds"] + WALL_GRACE_SECONDS)
    os.nice(5)


def _set(kind: int, soft: int, hard: int | None = None) -> None:
    try:
        resource.setrlimit(kind, (soft, soft if hard is None else hard))
    except (OSError, ValueError):
        if sys.platform == "linux":
            raise


def main() -> None:
    """Do the job named on the command line and leave at once."""
    job = json.loads(sys.argv[1])
    channel = Channel(job["descriptor"])
    try:
        limit(job["limits"])
        # Last, so that nothing of ours can stand in for the standard library.
        sys.path.append(job["root"])
        module, _, name = job["target"].partition(":")
        work = getattr(importlib.import_module(module), name)
        channel.result(work(job["arguments"], channel.progress))
    except BaseException as error:  # noqa: BLE001 - the parent gets every ending by name
        error.__traceback__ = None  # frees what the frames hold, after a MemoryError
        channel.failure(error)
    # Threads or exit handlers of a parser must not keep a finished child alive.
    os._exit(0)


if __name__ == "__main__":
    main()
