"""`manage.py send_from_here`: let this database and data folder send, after a move or a restore."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.delivery import guard
from newsletter.enums import EditionState
from newsletter.models import Delivery, Edition


class Command(BaseCommand):
    """Show what would be sent from here, hold it, and let this site send."""

    help = "Let this site send editions: after moving it, after putting back a backup, on a second machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--yes", action="store_true", help="This site sends, and no other copy of it does."
        )
        choice.add_argument(
            "--also",
            action="store_true",
            help="This machine sends too, beside others on the same database.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, or act."""
        why = guard.why_not_here()
        self.stdout.write(why or "This site may send.")
        if options["also"]:
            guard.join()
            self.stdout.write("This machine sends too.")
        elif options["yes"]:
            self._hold()
            row = guard.admit()
            self.stdout.write(f"This site sends from now on. INSTALLATION_KEY={row.key}")
        elif why:
            self._show()
            self.stdout.write("Run it again with --yes (moved or put back) or --also (one more).")

    def _show(self) -> None:
        for edition in Edition.objects.filter(
            state__in=(EditionState.SENDING, EditionState.SCHEDULED)
        ):
            left = Delivery.objects.filter(edition=edition).unfinished().count()
            self.stdout.write(f"- {edition.title}: {edition.state}, {left} mails left")

    def _hold(self) -> None:
        """Have an editor decide about everything that waits: it may have gone out already."""
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The site was moved or put back: some people may have it already.")
        Edition.objects.filter(state=EditionState.SENDING).update(
            state=EditionState.PAUSED, reason=reason
        )
        Edition.objects.filter(state=EditionState.SCHEDULED).update(
            state=EditionState.LATE, reason=reason
        )
