"""The fields of an entry as CSL-JSON; BibTeX and biblatex both."""

from __future__ import annotations

import re
from typing import Any

from kenniskamer.bibliography.bibnames import people
from kenniskamer.bibliography.bibtex.types import MASTERS, TYPE_OF_ENTRY
from kenniskamer.bibliography.bibtex.values import Values
from kenniskamer.bibliography.latex import to_text
from kenniskamer.bibliography.reading import MOST_RECORD_CHARACTERS

VERBATIM = frozenset(["doi", "url", "file", "eprint", "isbn", "issn"])
VERBATIM_ESCAPE = re.compile(r"\{?\\([_%&#$~{}])\}?")

SOURCES = {
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location", "city"),
    "container-title": ("journal", "journaltitle", "booktitle", "maintitle"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "page": ("pages",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "URL": ("url", "howpublished"),
    "language": ("langid", "language"),
    "abstract": ("abstract",),
    "keyword": ("keywords", "keyword"),
    "license": ("license", "copyright"),
    "note": ("note", "annote", "annotation"),
}
"""The fields each name of CSL is taken from: the first that is filled in."""


def as_csl(kind: str, key: str, values: Values) -> dict[str, Any]:
    """Return the fields of an entry, whose type is `kind`, under the names of CSL."""
    text = _as_text(values)
    csl_type = _type(kind, _first(text, "entrysubtype"))
    return {
        "type": csl_type,
        "id": to_text(key),
        "title": _title(text, csl_type),
        "author": [name.as_csl() for name in people(values.get("author", ""))],
        "editor": [name.as_csl() for name in people(values.get("editor", ""))],
        "issued": {"raw": _date(text)},
        "genre": _first(text, "type") or (MASTERS if kind == "mastersthesis" else ""),
        **{name: _first(text, *fields) for name, fields in SOURCES.items()},
        **_numbers(text, is_article=csl_type.startswith("article")),
    }


def _as_text(values: Values) -> Values:
    """Return the fields without the marks of LaTeX; names have a reader of their own."""
    return {
        name: VERBATIM_ESCAPE.sub(r"\1", value) if name in VERBATIM else to_text(value)
        for name, value in values.items()
        if name not in ("author", "editor") and len(value) < MOST_RECORD_CHARACTERS
    }


def _first(text: Values, *wanted: str) -> str:
    """Return the first of these fields that is filled in, or nothing."""
    return next((text[name] for name in wanted if text.get(name, "").strip()), "")


def _type(kind: str, sub: str) -> str:
    """Return the type of CSL; biblatex tells magazines and newspapers apart below the entry."""
    if sub and kind in ("misc", "article", "online"):
        return {"magazine": "article-magazine", "newspaper": "article-newspaper"}.get(sub, sub)
    return TYPE_OF_ENTRY.get(kind, "document")


def _title(text: Values, csl_type: str) -> str:
    """Return title and subtitle; of a book without one, the title of the book."""
    title = _first(text, "title")
    if subtitle := _first(text, "subtitle"):
        title = f"{title}: {subtitle}"
    return title or (_first(text, "booktitle") if csl_type == "book" else "")


def _numbers(text: Values, *, is_article: bool) -> Values:
    """Return issue and number: what BibTeX calls the number of an article is its issue."""
    if is_article:
        return {
            "issue": _first(text, "issue", "number"),
            "number": _first(text, "eid", "articleno"),
        }
    return {"issue": _first(text, "issue"), "number": _first(text, "number", "eid")}


def _date(text: Values) -> str:
    """Return date, or year, month and day, as one."""
    date, year, month = (text.get(name, "").strip() for name in ("date", "year", "month"))
    if date or not month or not re.fullmatch(r"\d{4}", year):
        return date or year
    day = re.sub(r"\D", "", text.get("day", ""))
    if month.isdigit():
        return "-".join(part for part in (year, month, day) if part)
    return f"{day or ''} {month} {year}"
