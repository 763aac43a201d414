"""`manage.py search "…"`: ask from the terminal what a visitor would ask."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import translation

from search.answering import PAGE_SIZE, Answer, answer
from search.api import as_json
from search.engines.base import SearchUnavailable, SearchUnreachable
from search.highlight import Marker
from search.parameters import read_question
from search.presentation import read_names

MOST = 100


class Command(BaseCommand):
    """Search as a visitor does."""

    help = "Search as a visitor does."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("question", nargs="+", help="The question, or a few words.")
        parser.add_argument("--lang", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--limit", type=int, default=PAGE_SIZE, help=f"1 to {MOST}.")
        parser.add_argument(
            "--engine", metavar="sqlite|URL", help="Ask this one instead of the one in SEARCH_URL."
        )
        parser.add_argument("--json", action="store_true", help="Print what the API gives.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer on standard output."""
        if options["engine"]:
            # This process asks one question; nothing else in it is served from the other engine.
            settings.SEARCH_URL = "" if options["engine"] == "sqlite" else options["engine"]
        parameters = QueryDict(mutable=True)
        parameters["q"] = " ".join(options["question"])
        if options["lang"]:
            parameters["lang"] = options["lang"]
        language = options["lang"] or settings.LANGUAGE_CODE
        with translation.override(language):
            names = read_names()
            question = read_question(parameters, names.known())
            try:
                found = answer(question, language, max(1, min(options["limit"], MOST)))
            except SearchUnreachable as error:
                raise CommandError(str(error)) from error
            except SearchUnavailable as error:
                raise CommandError(f"{error} Run: manage.py rebuild_index") from error
            if options["json"]:
                self.stdout.write(json.dumps(as_json(found, names), ensure_ascii=False))
            else:
                self._show(found)

    def _show(self, found: Answer) -> None:
        self.stdout.write(f"{found.total} results")
        for place, hit in enumerate(found.hits, start=1):
            self.stdout.write(f"\n{place:>3}. {hit.title}  [{hit.kind}, {hit.language}]")
            self.stdout.write(f"     {hit.url}")
            for passage in hit.passages:
                text = plain_snippet(found.marker, passage.text, passage.language)
                self.stdout.write(f"     {passage.label}: {text}")


def plain_snippet(marker: Marker, text: str, language: str) -> str:
    """Return a snippet with its matches between asterisks, for a terminal."""
    html = marker.snippet(text, language)
    return unescape(re.sub(r"</?mark>", "*", html))
