"""What a file seems to say about itself: title, year, DOI. Pure functions.

Nothing here is trusted: every suggestion carries its source, its place and how
sure it is, and an editor decides. Titles inside PDF files are right in about a
third of the cases, so those that cannot be are rejected, with the reason. The
creation date of a file is never offered as a year of publication.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

FIRST_PAGES = 4
"""A title page, its back and an abstract; further on, years and DOIs are cited ones."""

PAGE_CHARACTERS = 20_000
CONTEXT_CHARACTERS = 200
TITLE_CHARACTERS = 250
PER_FIELD = 3

DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]{1,200}")
YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/-]|\.\d)")
WORD = re.compile(r"[^\W\d_]{3,}")

FILE_NAME = re.compile(r"\.(docx?|odt|rtf|indd|qxd|qxp|pdf|tex|dvi|pptx?|xlsx?|ps|eps)\b", re.I)
NO_TITLE = re.compile(
    r"^\W*(microsoft (word|powerpoint|excel)|untitled|naamloos|titelloos|document\s*\d*$|stramien|"
    r"template|sjabloon|layout|opmaak|binnenwerk|omslag|print|scan|slide|dia|presentatie\W*$|"
    r"presentation\W*$|powerpoint|title\W*$|titel\W*$|tldr|draft\W*$|concept\W*$|book\W*$)",
    re.I,
)
BROKEN_LINE = re.compile(r"(?<=[a-z])- (?=[a-z])|(?<=[A-Z])- (?=[A-Z])")
PUBLISHED = re.compile(
    r"©|\(c\)|copyright|publi[cs]|uitgave|uitgegeven|druk\b|edition|verschenen|received|accepted|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|\bmay\b|june|july|august|october",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing the file seems to say.

    `source` is metadata, type (the largest on a page) or line; `page` counts
    from 1, 0 for the whole file; `certainty` is high, medium, low or rejected,
    and `reason` says why it was rejected.
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
        *_titles(metadata, first, type_runs),
        *_dois(metadata, first),
        *_years(first, last_year),
    ]
    return [asdict(suggestion) for suggestion in found]


def best_title(suggestions: Iterable[Mapping[str, Any]]) -> str:
    """Return the title to begin a draft with, "" when the file offers none."""
    for suggestion in suggestions:
        if suggestion["field"] == "title" and suggestion["certainty"] != "rejected":
            return str(suggestion["value"])
    return ""


def title_from_file_name(filename: str) -> str:
    """Return a file name as an editor would write it: without extension and underscores."""
    stem = re.sub(r"\.pdf$", "", filename, flags=re.I)
    words = re.sub(r"[\s_+]+|%20", " ", stem).strip(" .-")
    return words[:1].upper() + words[1:TITLE_CHARACTERS]


def junk_reason(title: str, pages: Sequence[str]) -> str:
    """Say why an embedded title cannot be one, "" when it can.

    The reasons are `file_name`, `template`, `too_short` and `not_on_pages`.
    """
    if FILE_NAME.search(title) or (" " not in title and re.search(r"[_\d]", title)):
        return "file_name"
    if NO_TITLE.search(title):
        return "template"
    words = {word.lower() for word in WORD.findall(title)}
    letters = sum(sign.isalpha() for sign in title)
    if len(words) < 2 or letters < len(title) / 2:
        return "too_short"
    known = {word.lower() for text in pages[:3] for word in WORD.findall(text)}
    if len(known) >= 30 and len(words & known) < 0.6 * len(words):
        return "not_on_pages"
    return ""


def _titles(
    metadata: Mapping[str, Any],
    pages: Sequence[str],
    type_runs: Mapping[int, Sequence[TypeRun]],
) -> Iterator[Suggestion]:
    seen: set[str] = set()
    rejected = []
    for name in ("title", "xmp_title"):
        title = " ".join(str(metadata.get(name, "")).split())[:TITLE_CHARACTERS]
        if not title or title.casefold() in seen:
            continue
        seen.add(title.casefold())
        reason = junk_reason(title, pages)
        if reason:
            rejected.append(Suggestion("title", title, "metadata", "rejected", reason=reason))
        else:
            yield Suggestion("title", title, "metadata", "medium")
    # The second page only counts when the first is a picture or a half-title.
    in_type = ((number, _titles_in_type(type_runs[number])) for number in sorted(type_runs))
    number, titles = next(((number, titles) for number, titles in in_type if titles), (0, []))
    for title, certainty in titles:
        if title.casefold() not in seen:
            yield Suggestion("title", title, "type", certainty, page=number)
    yield from rejected


def _titles_in_type(runs: Sequence[TypeRun]) -> list[tuple[str, str]]:
    """Return what stands in the largest type on a page, as (title, certainty)."""
    weighed = sorted(run.size for run in runs for _ in range(min(len(run.text.split()), 20)))
    if not weighed:
        return []
    body, largest = statistics.median(weighed), weighed[-1]
    scored = []
    for size, text in _blocks(runs):
        if size >= min(1.2 * body, largest) and _could_be_title(text):
            # Large counts, and so does being more than the name of an institution.
            score = size * min(len(text.split()), 8) ** 0.35
            scored.append((score, text, "medium" if size >= 1.4 * body else "low"))
    scored.sort(key=lambda entry: -entry[0])
    return [(text, certainty) for _, text, certainty in scored[:2]]


def _blocks(runs: Sequence[TypeRun]) -> Iterator[tuple[float, str]]:
    """Join neighbouring pieces of one size; a piece printed twice (a shadow) counts once."""
    for size, group in groupby(runs, key=lambda run: round(run.size)):
        pieces = [piece for piece, _ in groupby(run.text for run in group)]
        text = BROKEN_LINE.sub("", " ".join(" ".join(pieces).split()))
        yield size, text.strip(" *∗†‡|-–")


def _could_be_title(text: str) -> bool:
    words = text.split()
    letters = sum(sign.isalpha() for sign in text)
    single = sum(len(word) == 1 for word in words)
    return (
        8 <= len(text) <= TITLE_CHARACTERS
        and len(words) >= 2
        and any(len(word) >= 4 for word in WORD.findall(text))
        and letters >= 0.6 * len(text)
        and single <= len(words) / 3
    )


def _dois(metadata: Mapping[str, Any], pages: Sequence[str]) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    for value in metadata.values():
        for match in DOI.finditer(str(value)):
            doi = _clean_doi(match[0])
            found.setdefault(doi, Suggestion("doi", doi, "metadata", "high"))
    on_pages = list(_lines_with(DOI, pages))
    alone = len({_clean_doi(match[0]) for _, _, match in on_pages}) == 1
    for number, line, match in on_pages:
        doi = _clean_doi(match[0])
        certainty = "medium" if alone and number == 1 else "low"
        found.setdefault(doi, Suggestion("doi", doi, "line", certainty, number, _context(line)))
    return list(found.values())[:PER_FIELD]


def _clean_doi(text: str) -> str:
    doi = text.rstrip(".,;:/").lower()
    # A closing bracket belongs to the sentence unless the DOI opened it.
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;:/")
    return doi


def _years(pages: Sequence[str], last_year: int) -> list[Suggestion]:
    found: dict[str, tuple[int, Suggestion]] = {}
    for number, line, match in _lines_with(YEAR, pages):
        year = match[0]
        if int(year) > last_year:
            continue
        says_published = bool(PUBLISHED.search(line))
        rank = (0 if says_published else 2) + (0 if number == 1 else 1)
        certainty = "medium" if rank == 0 else "low"
        suggestion = Suggestion("published_year", year, "line", certainty, number, _context(line))
        if year not in found or rank < found[year][0]:
            found[year] = (rank, suggestion)
    # A text is never older than what it mentions: of equals, the latest year first.
    ranked = sorted(found.values(), key=lambda entry: (entry[0], -int(entry[1].value)))
    return [suggestion for _, suggestion in ranked[:PER_FIELD]]


def _lines_with(
    pattern: re.Pattern[str], pages: Sequence[str]
) -> Iterator[tuple[int, str, re.Match[str]]]:
    for number, text in enumerate(pages, start=1):
        for line in text.split("\n"):
            for match in pattern.finditer(line):
                yield number, line, match


def _context(line: str) -> str:
    return line.strip()[:CONTEXT_CHARACTERS]
