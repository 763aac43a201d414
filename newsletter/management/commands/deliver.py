"""`manage.py deliver`: send editions that are due, and go on with those under way."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletter.delivery.worker import Worker


class Command(BaseCommand):
    """Send until told to stop. Any number may run, on any number of machines."""

    help = "Send editions of the newsletter. Any number may run, on any number of machines."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--connections",
            type=int,
            default=settings.NEWSLETTER_CONNECTIONS,
            help="Connections to the mail server (default: NEWSLETTER_CONNECTIONS).",
        )
        parser.add_argument(
            "--until-done", action="store_true", help="Stop when nothing is left to send."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work; on the first signal end what was begun, and stop."""
        if not 1 <= options["connections"] <= 100:
            raise CommandError("Give --connections a number from 1 to 100.")
        worker = Worker(options["connections"])

        def stop(signum: int, frame: FrameType | None) -> None:
            worker.stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run(until_done=options["until_done"])
        if options["until_done"] and worker.trouble:
            raise CommandError(
                f"{worker.trouble} If this is the right place to send from, run"
                " `manage.py send_from_here`."
            )
