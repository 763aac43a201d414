"""Real senders, `manage.py deliver`, on one machine or on what is as good as several."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sending.site import PROJECT

OWN_NAME = ("unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"')
"""Runs a command under another host name, where the system lets us (unshare(1))."""

TICKS = os.sysconf("SC_CLK_TCK")
END_SECONDS = 90.0


@dataclass
class Machine:
    """Where senders run: a data folder and settings of its own, and a host name if we may."""

    settings: dict[str, str]
    name: str = ""

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that runs our Python here."""
        line = [sys.executable, *arguments]
        if self.name and can_be_named():
            return [*OWN_NAME, self.name, *line]
        return line

    def join(self) -> None:
        """Let this machine send beside those that do already, the way an operator does."""
        subprocess.run(
            self.command("manage.py", "send_from_here", "--also"),
            cwd=PROJECT,
            env=self.settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def can_be_named() -> bool:
    """Say whether a process of ours may have another host name."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run([*OWN_NAME, "another", "true"], capture_output=True, check=False)
    return tried.returncode == 0


@dataclass
class Sender:
    """A process that sends, what it weighs and what it took."""

    pid: int
    process: subprocess.Popen[bytes] | None = None
    idle: int = 0
    """kB before there was anything to send."""
    weights: list[int] = field(default_factory=list)
    """kB at each look while sending."""

    def look(self) -> int:
        """Note and return the memory it holds now, in kB (VmRSS of proc(5)); 0 when gone."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0
        found = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        weight = int(found[0]) if found else 0
        self.weights.append(weight)
        return weight

    def cpu(self) -> float:
        """Return the CPU seconds it took so far."""
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def lives(self) -> bool:
        """Say whether it is there."""
        if self.process:
            return self.process.poll() is None
        return Path(f"/proc/{self.pid}").exists()

    def signal(self, number: int) -> None:
        """Send a signal; wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)
        end = time.monotonic() + END_SECONDS
        while self.lives and time.monotonic() < end:
            time.sleep(0.002)


def start(machine: Machine, connections: int) -> Sender:
    """Start a sender as an operator does."""
    process = subprocess.Popen(
        machine.command("manage.py", "deliver", "--connections", str(connections)),
        cwd=PROJECT,
        env=machine.settings,
    )
    return Sender(process.pid, process)


class Nursery:
    """Gives birth to senders in some hundredths of a second (`benchmarks.sending.nursery`)."""

    def __init__(self, machine: Machine, connections: int) -> None:
        self.connections = connections
        self.process = subprocess.Popen(
            machine.command("-m", "benchmarks.sending.nursery"),
            cwd=PROJECT,
            env=machine.settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> Sender:
        """Start a sender."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.connections}\n")
        self.process.stdin.flush()
        return Sender(int(self.process.stdout.readline()))

    def close(self) -> None:
        """End the nursery; its children go on."""
        self.process.terminate()
        self.process.wait(END_SECONDS)


def end(senders: list[Sender]) -> None:
    """Ask them all to stop, and wait."""
    for sender in senders:
        with contextlib.suppress(ProcessLookupError):
            os.kill(sender.pid, signal.SIGTERM)
    for sender in senders:
        sender.signal(signal.SIGTERM)


def wait_until_seen(number: int) -> None:
    """Wait until so many senders have said that they are there."""
    from newsletter.models import Sender as Row

    end = time.monotonic() + 60
    while Row.objects.count() < number and time.monotonic() < end:
        time.sleep(0.05)
