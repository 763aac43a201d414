"""`manage.py rebuild_index`: build the search index anew beside the one in use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tqdm import tqdm

from search.indexing import rebuild


class Command(BaseCommand):
    """Read all pages again and swap the new index in when it is whole."""

    help = "Build the search index anew beside the one in use, and swap it in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, with a bar on standard error."""
        quiet = options["verbosity"] == 0
        with tqdm(unit=" pages", disable=quiet, file=self.stderr._out) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = rebuild(show)
        if not quiet:
            self.stdout.write(f"{count} documents can be found.")
