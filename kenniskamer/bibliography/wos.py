"""The tagged format of the Web of Science, by rispy. In only. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rispy import WokParser

from kenniskamer.bibliography import names
from kenniskamer.bibliography.reading import (
    MOST_RECORD_CHARACTERS,
    Flaw,
    Found,
    readable,
    unreadable,
)

TYPES = {"J": "article-journal", "B": "book", "S": "book", "P": "patent", "C": "paper-conference"}
START = re.compile(r"^PT ", re.MULTILINE)
CAPITALS = re.compile(r"[^a-z]{4,}")


def read(text: str) -> Iterator[Found]:
    """Yield every record of an export of the Web of Science."""
    starts = [match.start() for match in START.finditer(text)]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        yield _read_one(line, text[start:end])


def _read_one(line: int, raw: str) -> Found:
    if len(raw) > MOST_RECORD_CHARACTERS:
        return unreadable(line, Flaw.TOO_LARGE, raw)
    body, _er, _rest = raw.partition("\nER")
    try:
        parsed = WokParser(skip_unknown_tags=True).parse_lines(iter([*body.split("\n"), "ER "]))
    except (KeyError, TypeError, AttributeError):
        parsed = []
    if not parsed:
        return unreadable(line, Flaw.SYNTAX, raw)
    return readable(line, _csl(parsed[0]), raw, () if _er else (Flaw.NO_END,))


def _csl(values: dict[str, Any]) -> dict[str, Any]:
    """Return a record of the Web of Science as CSL-JSON."""

    def text(*wanted: str) -> str:
        found = next((values[name] for name in wanted if values.get(name)), "")
        return " ".join(found) if isinstance(found, list) else str(found)

    first, last = text("beginning_page"), text("ending_page")
    numbers = "; ".join(text(name) for name in ("issn", "eissn", "isbn"))
    return {
        "type": TYPES.get(text("publication_type"), "document"),
        "id": text("accession_number"),
        "title": text("document_title"),
        "author": _people(values, "author_full_name", "authors", "book_authors"),
        "editor": _people(values, "editors"),
        "issued": {"raw": f"{text('publication_date')} {text('publication_year')}".strip()},
        "publisher": _calmed(text("publisher")),
        "publisher-place": _calmed(text("publisher_city")),
        "container-title": _calmed(text("publication_name")),
        "collection-title": _calmed(text("book_series_title")),
        "volume": text("volume"),
        "issue": text("issue"),
        "number": text("article_number"),
        "page": f"{first}-{last}" if first and last else first,
        "DOI": text("doi", "book_doi"),
        "ISBN": numbers,
        "ISSN": numbers,
        "language": text("language"),
        "abstract": text("abstract"),
        "keyword": "; ".join(filter(None, (text("author_keywords"), text("keywords_plus")))),
    }


def _people(values: dict[str, Any], *wanted: str) -> list[dict[str, str]]:
    rows: Any = next((values[name] for name in wanted if values.get(name)), [])
    rows = rows if isinstance(rows, list) else [rows]
    return [name.as_csl() for row in rows if (name := names.from_inverted(row))]


def _calmed(text: str) -> str:
    """Return a name that is all capitals, as these exports have them, with a capital each word."""
    return text.title() if CAPITALS.fullmatch(text) else text
