"""`manage.py bounces`: take in what came back of our mail."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from newsletter.bounces import left_alone
from newsletter.bounces.collecting import collect
from newsletter.bounces.dsn import MOST_BYTES
from newsletter.bounces.mailboxes import MailboxUnusableError, keep_in_maildir
from newsletter.bounces.receiving import Outcome, receive
from newsletter.models import BounceSource

TRY_AGAIN = 75
"""EX_TEMPFAIL (sysexits.h): the mail server keeps the mail and offers it again later."""


class Command(BaseCommand):
    """Read one mail from a pipe, or what is new in a mailbox."""

    help = (
        "Take in reports of mail that could not be delivered, complaints, and people who sign"
        " off by mail. Without options: what is new in the mailbox of BOUNCES_URL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--pipe", action="store_true", help="Read one mail from standard input."
        )
        parser.add_argument(
            "--recipient",
            default="",
            help="With --pipe: the address the mail server received it for.",
        )
        parser.add_argument("--mailbox", default="", help="Another address than BOUNCES_URL.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was found."""
        if options["pipe"]:
            self._one(sys.stdin.buffer.read(MOST_BYTES), options["recipient"])
            return
        address = options["mailbox"] or settings.BOUNCES_URL
        if not address:
            raise CommandError("Set BOUNCES_URL, or give --mailbox or --pipe.")
        try:
            found = collect(address)
        except MailboxUnusableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Reports taken in: {found.read}, known already: {found.known},"
            f" answers counted: {found.answers}, other mail left alone: {found.left}."
        )

    def _one(self, raw: bytes, recipient: str) -> None:
        try:
            outcome = receive(raw, source=BounceSource.PIPE, envelope_to=recipient)
            if outcome in (Outcome.LEFT, Outcome.ANSWER):
                keep_in_maildir(raw, left_alone.folder())
        except (DatabaseError, OSError):
            sys.exit(TRY_AGAIN)
        self.stdout.write(outcome.value)
