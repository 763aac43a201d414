"""`manage.py check_sender`: what DNS says about the domain our mail comes from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.mail import sender
from newsletter.sender import asking
from newsletter.sender.checking import SELECTORS, Level, check

MARKS = {Level.GOOD: "good  ", Level.ADVICE: "advice", Level.WRONG: "WRONG "}


class Command(BaseCommand):
    """Print what is good, what could be better, and what keeps mail from arriving."""

    help = "Look up SPF, DKIM, DMARC and MX of the sender address, and say what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--domain", default="", help="Another domain than that of the sender.")
        parser.add_argument(
            "--selector", action="append", help="The selector of your DKIM key; may be repeated."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and print one line for each thing, and what to do below it."""
        domain = options["domain"] or sender().domain
        found = check(
            domain,
            lookup=asking.ask_dns,
            bounces=settings.BOUNCE_ADDRESS.rpartition("@")[2],
            selectors=options["selector"] or settings.DKIM_SELECTORS or SELECTORS,
        )
        self.stdout.write(domain)
        for one in found:
            self.stdout.write(f"  {MARKS[one.level]} {one.about}: {one.text}")
            if one.advice:
                self.stdout.write(f"           {one.advice}")
        if any(one.level == Level.WRONG for one in found):
            self.stdout.write("Mail of this domain may be refused or end up among unwanted mail.")
