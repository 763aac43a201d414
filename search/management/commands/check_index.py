"""`manage.py check_index`: compare the search index with the pages, and mend it when asked."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.checking import Difference, differences
from search.engines import get_engine
from search.engines.base import SearchUnavailable, SearchUnreachable
from search.indexing import process_pending, rebuild
from search.models import IndexRequest
from search.waiting import ask

_DIFFERS = 1


class Command(BaseCommand):
    """Say what differs; the exit code is 1 when something does and was not repaired."""

    help = "Compare the search index with the pages, say what differs, and repair it when asked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--repair", action="store_true", help="Bring the index up to date.")
        parser.add_argument("--json", action="store_true", help="Print what differs as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, tell, and repair."""
        try:
            found = self._differences(repair=options["repair"])
            left = repaired(found) if options["repair"] else found
            count = get_engine().count()
        except SearchUnreachable as error:
            raise CommandError(str(error)) from error
        except SearchUnavailable as error:
            raise CommandError(f"{error} Try: manage.py rebuild_index") from error
        waiting = IndexRequest.objects.count()
        if options["json"]:
            self._show_json(found, left, count, waiting)
        else:
            self._show(found, left, count, waiting, repair=options["repair"])
        if left:
            raise SystemExit(_DIFFERS)

    def _differences(self, *, repair: bool) -> list[Difference]:
        """Compare; an index that is missing is built first when it may be repaired."""
        if repair and not get_engine().is_ready():
            rebuild()
        return list(differences())

    def _show(
        self,
        found: list[Difference],
        left: list[Difference],
        count: int,
        waiting: int,
        *,
        repair: bool,
    ) -> None:
        for difference in found:
            what = f": {', '.join(difference.what)}" if difference.what else ""
            self.stdout.write(f"{difference.kind:<12} {difference.key}{what}")
        kinds = Counter(difference.kind for difference in found)
        told = ", ".join(f"{number} {kind}" for kind, number in kinds.items()) or "nothing differs"
        self.stdout.write(f"{count} documents in the index; {told}.")
        if waiting:
            self.stdout.write(f"{waiting} requests wait for the worker.")
        if found and repair:
            self.stdout.write(f"{len(found) - len(left)} repaired, {len(left)} left.")
        elif found:
            self.stdout.write("Run with --repair to bring the index up to date.")

    def _show_json(
        self, found: list[Difference], left: list[Difference], count: int, waiting: int
    ) -> None:
        remaining = {difference.key for difference in left}
        rows = [
            {
                "key": difference.key,
                "kind": difference.kind,
                "what": list(difference.what),
                "repaired": difference.key not in remaining,
            }
            for difference in found
        ]
        told = {"documents": count, "waiting": waiting, "differences": rows}
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def repaired(found: list[Difference]) -> list[Difference]:
    """Bring what differs up to date, as the worker does; return what still differs.

    It goes through the outbox, so that nothing older lands over what a worker writes now.
    """
    if not found:
        return []
    ask(difference.key for difference in found)
    process_pending()
    return list(differences())
