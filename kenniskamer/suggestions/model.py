"""What a suggestion is, and how texts are looked through for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FIRST_PAGES = 4
"""A title page, its back and an abstract; further on, years and DOIs are cited ones."""

PAGE_CHARACTERS = 20_000
CONTEXT_CHARACTERS = 200
VALUE_CHARACTERS = 250
PER_FIELD = 3

CERTAINTIES = ("high", "medium", "low", "rejected")

WORD = re.compile(r"[^\W\d_]{3,}")

CITED = re.compile(
    r"\(\s*(?:19|20)\d\d[a-z]?\s*\)|\bet al\b|\bpp?\.\s*\d|\bvol\.|\d+\s*\(\d+\)\s*[,:]"
)
"""What a line of a reference looks like: its year and its DOI are those of another work."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing the file seems to say.

    `source` is metadata, type (the largest on a page) or line; `page` counts
    from 1, 0 for the whole file; `certainty` is high, medium, low or rejected,
    and `reason` says why it was rejected, or doubted.
    """

    field: str
    value: str
    source: str
    certainty: str
    page: int = 0
    context: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TypeRun:
    """A piece of text and the size it is set in, in points."""

    size: float
    text: str


def lines_with(
    pattern: re.Pattern[str], pages: Sequence[str]
) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Yield every match as (page from 1, its line, the match)."""
    for number, text in enumerate(pages, start=1):
        for line in text.split("\n"):
            for match in pattern.finditer(line):
                yield number, line, match


def context(line: str) -> str:
    """Return the line something stood in, short enough to be shown."""
    return line.strip()[:CONTEXT_CHARACTERS]
