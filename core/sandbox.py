"""Run code that reads an untrusted file where it can do no harm.

A function of ours (`"package.module:function"`) runs in a child process with
limits on CPU, memory, wall time, open files, written files and output, in a
session of its own that is killed as a whole. Whatever happens in there, the
parent gets an `Outcome`; it never dies, hangs or fills up with it.

The function is called as `function(arguments, progress)`; arguments, progress
and result are JSON values. The child limits itself before it touches the input:
a hook between fork and exec is not safe in a server with threads.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.sandbox_child import peak_memory

HEARTBEAT_SECONDS = 1.0
TICK_SECONDS = 0.1
"""How soon an end is noticed when a grandchild still holds the pipe."""

CHUNK_BYTES = 1 << 16

CHILD = Path(__file__).with_name("sandbox_child.py")
ROOT = CHILD.parent.parent
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    # Number crunchers start a thread per core, each with its own memory.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
}

Progress = Callable[[Mapping[str, Any]], None]
Heartbeat = Callable[[], None]


class Ending(StrEnum):
    """The ways a child can end."""

    OK = "ok"
    FAILED = "failed"
    CPU_LIMIT = "cpu_limit"
    MEMORY_LIMIT = "memory_limit"
    WALL_LIMIT = "wall_limit"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"


LIMIT_ENDINGS = frozenset(
    {Ending.CPU_LIMIT, Ending.MEMORY_LIMIT, Ending.WALL_LIMIT, Ending.OUTPUT_LIMIT}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use. CPU first: on a busy machine wall time says little."""

    cpu_seconds: int = 60
    memory_bytes: int = 1 << 30
    wall_seconds: int = 300
    output_bytes: int = 64 << 20
    file_bytes: int = 0
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended, what it gave and what it cost.

    `value` counts only when `ending` is OK; `error` is the class name of the
    exception when it FAILED; `signal` is the number that CRASHED it.
    """

    ending: Ending
    value: Any = None
    error: str = ""
    message: str = ""
    signal: int = 0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory: int = 0


def run(
    target: str,
    arguments: Mapping[str, Any],
    *,
    limits: Limits | None = None,
    on_progress: Progress | None = None,
    on_heartbeat: Heartbeat | None = None,
) -> Outcome:
    """Run `target` in a child and return how that ended.

    `on_progress` gets what the child reports, `on_heartbeat` is called at least
    every two seconds while it lives. What these two raise ends the child and is
    passed on.
    """
    limits = limits or Limits()
    read_end, write_end = os.pipe()
    try:
        process = _start(target, arguments, limits, write_end)
    except BaseException:
        os.close(read_end)
        raise
    finally:
        os.close(write_end)
    watch = _Watch(process, read_end, limits, on_progress, on_heartbeat)
    try:
        watch.follow()
    finally:
        watch.end()
        os.close(read_end)
    return watch.outcome()


def _start(
    target: str, arguments: Mapping[str, Any], limits: Limits, write_end: int
) -> subprocess.Popen[bytes]:
    job = {
        "target": target,
        "arguments": dict(arguments),
        "limits": asdict(limits),
        "descriptor": write_end,
        "root": str(ROOT),
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", "-B", str(CHILD), json.dumps(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        pass_fds=(write_end,),
        start_new_session=True,
    )


class _Watch:
    """Follows one child from start to end."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        pipe: int,
        limits: Limits,
        on_progress: Progress | None,
        on_heartbeat: Heartbeat | None,
    ) -> None:
        self._process = process
        self._pipe = pipe
        self._limits = limits
        self._on_progress = on_progress
        self._on_heartbeat = on_heartbeat
        self._started = self._beat = time.monotonic()
        self._buffer = bytearray()
        self._received = 0
        self._open = True
        self._stopped: Ending | None = None
        self._last: dict[str, Any] = {}
        self._peak = 0
        self._cpu = 0.0
        self._resident = 0

    def follow(self) -> None:
        """Read and wait until the child ended or has to."""
        os.set_blocking(self._pipe, False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            while not self._stopped and not self._has_ended():
                if self._open and selector.select(TICK_SECONDS):
                    self._read()
                elif not self._open:
                    time.sleep(TICK_SECONDS)
                self._keep_time()
        # What was written before the end still counts, but is not waited for.
        while self._open and not self._stopped and self._read():
            pass

    def _has_ended(self) -> bool:
        """Tell whether the child is gone, without freeing its process id yet."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags) is not None

    def _keep_time(self) -> None:
        now = time.monotonic()
        self._peak = max(self._peak, peak_memory(self._process.pid))
        if now - self._started > self._limits.wall_seconds:
            self._stopped = self._stopped or Ending.WALL_LIMIT
        elif self._on_heartbeat and now - self._beat >= HEARTBEAT_SECONDS:
            self._beat = now
            self._on_heartbeat()

    def _read(self) -> bool:
        """Take one chunk from the pipe; False when there is none now."""
        try:
            chunk = os.read(self._pipe, CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not chunk:
            self._open = False
            return False
        self._received += len(chunk)
        if self._received > self._limits.output_bytes:
            self._stopped = Ending.OUTPUT_LIMIT
            return False
        self._take(chunk)
        return True

    def _take(self, chunk: bytes) -> None:
        # Only the new part can hold a line's end: a long line is not searched twice.
        head, newline, rest = chunk.partition(b"\n")
        while newline:
            self._buffer += head
            line, self._buffer = bytes(self._buffer), bytearray()
            self._line(line)
            head, newline, rest = rest.partition(b"\n")
        self._buffer += head

    def _line(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            said = {"error": "ProtocolError", "message": "the child said something else"}
        if isinstance(said.get("progress"), dict):
            if self._on_progress:
                self._on_progress(said["progress"])
        else:
            # The first ending said is the one that counts.
            self._last = self._last or said

    def end(self) -> None:
        """Kill the whole group, then free the process id and read what it cost."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._cpu = usage.ru_utime + usage.ru_stime
        self._resident = usage.ru_maxrss * 1024

    def outcome(self) -> Outcome:
        """Put the ending into words."""
        ending, number = self._ending()
        said = self._last
        told = said.get("peak_memory")
        peak = max(self._peak, told if isinstance(told, int) else 0)
        return Outcome(
            ending=ending,
            value=said.get("result") if ending is Ending.OK else None,
            error=str(said.get("error", "")),
            message=str(said.get("message", "")),
            signal=number,
            cpu_seconds=self._cpu,
            wall_seconds=time.monotonic() - self._started,
            # The kernel's figure also counts the parent's memory at the fork.
            peak_memory=peak or self._resident,
        )

    def _ending(self) -> tuple[Ending, int]:
        if self._stopped:
            return self._stopped, 0
        if "result" in self._last:
            return Ending.OK, 0
        if "error" in self._last:
            memory = self._last["error"] == "MemoryError"
            return (Ending.MEMORY_LIMIT if memory else Ending.FAILED), 0
        return _ending_of(self._process.returncode, self._cpu >= self._limits.cpu_seconds)


def _ending_of(returncode: int, cpu_used_up: bool) -> tuple[Ending, int]:
    """Read the ending from the exit status of a child that said nothing."""
    number = -returncode if returncode < 0 else 0
    if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu_used_up):
        return Ending.CPU_LIMIT, number
    if number == signal.SIGALRM:
        return Ending.WALL_LIMIT, number
    if number:
        return Ending.CRASHED, number
    return Ending.FAILED, 0
