"""The year of publication: never that of the file. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenniskamer.suggestions.model import CITED, PER_FIELD, Suggestion, context, lines_with

YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(\s?[-–]\s?(?:19|20)\d\d)?(?![\d/-]|\.\d)")
"""A year, or the first year of a period: what is for 2021-2025 appeared in 2021 or before."""

HEADING_WORDS = 6
SHORT_LINE = 100

PUBLISHED = re.compile(
    r"©|\(c\)|copyright|publi[cs]|uitgave|uitgegeven|druk\b|edition|verschenen|received|accepted|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|\bmay\b|june|july|august|october",
    re.I,
)


def years(pages: Sequence[str], last_year: int) -> list[Suggestion]:
    """Return years of publication, the likeliest first; none after `last_year`."""
    found: dict[str, tuple[int, Suggestion]] = {}
    for number, line, match in lines_with(YEAR, pages):
        year = match[1]
        if int(year) > last_year:
            continue
        rank = _rank(number, line, alone=len(YEAR.findall(line)) == 1, period=bool(match[2]))
        certainty = "medium" if rank == 0 else "low"
        suggestion = Suggestion("published_year", year, "line", certainty, number, context(line))
        if year not in found or rank < found[year][0]:
            found[year] = (rank, suggestion)
    # A text is never older than what it mentions: of equals, the latest year first.
    ranked = sorted(found.values(), key=lambda entry: (entry[0], -int(entry[1].value)))
    return [suggestion for _, suggestion in ranked[:PER_FIELD]]


def _rank(number: int, line: str, *, alone: bool, period: bool) -> int:
    """Return how likely the year of a line is that of publication: 0 is the best."""
    text = line.strip()
    if CITED.search(text):
        return 5
    says_published = bool(PUBLISHED.search(text))
    heading = alone and len(text.split()) <= HEADING_WORDS and not text[:1].islower()
    if number == 1 and not period and (says_published or heading):
        return 0
    if says_published and len(text) <= SHORT_LINE:
        return 2 if period else 1
    if heading:
        return 2
    return 3 if number == 1 else 4
