"""`manage.py rebuild_index`: build the search index anew beside the one in use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from search.engines.base import SearchUnavailable
from search.indexing import rebuild


class Command(BaseCommand):
    """Read all pages again and swap the new index in when it is whole."""

    help = "Build the search index anew beside the one in use, and swap it in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, with a bar on standard error for each of the two steps."""
        quiet = options["verbosity"] == 0
        bars: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = tqdm(unit=" pages", desc=step, disable=quiet, file=self.stderr._out)
            bar = bars[step]
            bar.total = total
            bar.update(done - bar.n)

        try:
            count = rebuild(show)
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        finally:
            for bar in bars.values():
                bar.close()
        if not quiet:
            self.stdout.write(f"{count} documents can be found.")
