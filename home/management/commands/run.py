"""`manage.py run`: everything a newcomer needs, in one command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

PROJECT_DIR = Path(__file__).resolve().parents[3]
RESTART_SECONDS = 1.0
OPENING_SECONDS = 60.0
"""The longest wait for the web server before its address is told all the same."""

Process = subprocess.Popen[bytes]


class Command(BaseCommand):
    """Prepare the data folder, load the demo, start site and workers."""

    help = "Prepare the data folder, load the demo content, and start site and workers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and stay until Ctrl-C."""
        port = int(os.environ.get("PORT", "8000"))
        refuse_taken_port(port)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0)
        if static_is_stale():
            call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo", verbosity=0, stdout=self.stdout)
        web = start("-m", "gunicorn", "hub.wsgi", "--config", "hub/gunicorn.py")
        wait_until_open(web, port)
        self.stdout.write(self.style.SUCCESS(f"\nThe site:     http://localhost:{port}/"))
        self.stdout.write(f"For editors:  http://localhost:{port}/admin/")
        call_command("demo", login=True, stdout=self.stdout)
        self.stdout.write("Stop with Ctrl-C.\n")
        workers = [lambda: start("manage.py", "worker"), lambda: start("manage.py", "deliver")]
        sys.exit(keep_together(web, *workers))


def refuse_taken_port(port: int) -> None:
    """Say so when something already listens, before anything is prepared."""
    if is_open(port):
        raise CommandError(
            f"Something already listens on port {port}. Stop it, or choose another: "
            f"PORT={port + 1} make run"
        )


def is_open(port: int) -> bool:
    """Say whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until_open(web: Process, port: int) -> None:
    """Wait until the web server listens, or has ended."""
    end = time.monotonic() + OPENING_SECONDS
    while web.poll() is None and not is_open(port) and time.monotonic() < end:
        time.sleep(0.1)


def static_is_stale() -> bool:
    """Say whether a static file of ours is newer than what was collected."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    newest = max(
        (
            Path(storage.path(name)).stat().st_mtime
            for finder in finders.get_finders()
            for name, storage in finder.list([])
        ),
        default=0.0,
    )
    return newest > collected


def start(*arguments: str) -> Process:
    """Start a Python process of the project beside this one."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments], cwd=PROJECT_DIR, env=environment
    )


def keep_together(web: Process, *start_workers: Callable[[], Process]) -> int:
    """Keep workers beside the web server until that ends or we are told to stop.

    A worker that ends is followed by another, which takes up its work. Returns the exit
    code of the web server.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    workers, code = [begin() for begin in start_workers], 0
    try:
        while web.poll() is None:
            for at, worker in enumerate(workers):
                if worker.poll() is not None:
                    time.sleep(RESTART_SECONDS)
                    workers[at] = start_workers[at]()
            time.sleep(0.3)
        code = web.returncode
    except KeyboardInterrupt:
        pass
    end(web, *workers)
    signal.signal(signal.SIGTERM, before)
    return code


def end(*processes: Process) -> None:
    """Ask processes to stop, and make them when they do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
