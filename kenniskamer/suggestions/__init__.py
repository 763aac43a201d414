"""What a file seems to say about itself. Pure functions.

Nothing here is trusted: every suggestion carries its source, its place and how
sure it is, and an editor decides. Titles inside PDF files are right in about a
third of the cases, so those that cannot be are rejected, with the reason. The
creation date of a file is never offered as a year of publication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kenniskamer.suggestions.imprint import kinds, licences, publishers
from kenniskamer.suggestions.model import FIRST_PAGES, PAGE_CHARACTERS, Suggestion, TypeRun
from kenniskamer.suggestions.numbers import dois, isbns
from kenniskamer.suggestions.people import authors, names_of
from kenniskamer.suggestions.titles import best_title, junk_reason, title_from_file_name, titles
from kenniskamer.suggestions.years import years

__all__ = [
    "Suggestion",
    "TypeRun",
    "best_title",
    "junk_reason",
    "names_of",
    "suggest",
    "title_from_file_name",
]


def suggest(
    metadata: Mapping[str, Any],
    pages: Sequence[str],
    type_runs: Mapping[int, Sequence[TypeRun]],
    last_year: int,
) -> list[dict[str, Any]]:
    """Return all suggestions as JSON values, the best first for each field.

    `pages` are normalised texts, `type_runs` the type on some of them by page
    number; a year after `last_year` is no year of publication.
    """
    first = [text[:PAGE_CHARACTERS] for text in pages[:FIRST_PAGES]]
    found = [
        *titles(metadata, first, type_runs),
        *authors(metadata, first),
        *years(first, last_year),
        *publishers(first),
        *dois(metadata, first),
        *isbns(first),
        *licences(metadata, first),
        *kinds(first),
    ]
    return [asdict(suggestion) for suggestion in found]
