"""`manage.py worker`: run background work, and take up what a dead worker left."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from django_tasks_db.management.commands.db_worker import Worker

from core import recovery


class Command(BaseCommand):
    """Run one worker until it is told to stop."""

    help = "Run background work: reading PDFs, updating the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds between looks.")
        parser.add_argument("--sweep", type=float, default=5, help="Seconds between recoveries.")
        parser.add_argument("--batch", action="store_true", help="Stop when nothing is left.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recover first, then work; keep recovering beside the work."""
        recovery.sweep()
        stop = threading.Event()
        sweeper = threading.Thread(target=keep_sweeping, args=(stop, options["sweep"]), daemon=True)
        if not options["batch"]:
            sweeper.start()
        worker = Worker(
            queue_names=["*"],
            interval=options["interval"],
            batch=options["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=recovery.worker_name(),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        try:
            worker.run()
        finally:
            stop.set()


def keep_sweeping(stop: threading.Event, seconds: float) -> None:
    """Run the recovery every so many seconds until told to stop."""
    while not stop.wait(seconds):
        close_old_connections()
        recovery.sweep()
        connection.close()
