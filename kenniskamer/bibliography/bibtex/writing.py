"""Records as BibTeX, each with a key of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser.library import Library
from bibtexparser.model import Block, Entry, Field
from bibtexparser.writer import BibtexFormat
from bibtexparser.writer import write as write_library

from kenniskamer.bibliography.bibnames import written
from kenniskamer.bibliography.bibtex.types import ENTRY_TYPES, MASTERS, MONTHS
from kenniskamer.bibliography.bibtex.values import Values
from kenniskamer.bibliography.latex import from_text
from kenniskamer.bibliography.record import Record, joined


def write(records: Iterable[Record]) -> str:
    """Return records as a BibTeX file in UTF-8, each with a key of its own."""
    taken: set[str] = set()
    entries: list[Block] = [_entry_of(record, _key(record, taken)) for record in records]
    style = BibtexFormat()  # type: ignore[no-untyped-call]  # its author gave no types
    style.indent = "  "
    style.trailing_comma = True
    style.block_separator = "\n"
    return str(write_library(Library(entries), style))


def _key(record: Record, taken: set[str]) -> str:
    """Return a key that BibTeX takes and no other entry has."""
    wanted = _key_from(record.id)
    key, number = wanted, 2
    while key.casefold() in taken:
        key, number = f"{wanted}-{number}", number + 1
    taken.add(key.casefold())
    return key


def _key_from(text: str) -> str:
    """Return a text as a key: without the signs that end or break one."""
    return re.sub(r"[\s\"#%'(),={}\\~@$&_^]+", "-", text).strip("-") or "record"


def _entry_of(record: Record, key: str) -> Entry:
    fields = {name: from_text(value) for name, value in _fields(record).items() if value}
    for role, some in (("author", record.authors), ("editor", record.editors)):
        if some:
            fields[role] = written(some)
    for name, value in (("doi", record.doi), ("url", record.url)):
        if value:
            fields[name] = value
    rows = [Field(name, f"{{{value}}}") for name, value in fields.items()]
    kind = ENTRY_TYPES.get(record.type, "misc")
    if record.type == "thesis" and record.genre == MASTERS:
        kind = "mastersthesis"
    return Entry(kind, key, rows)


def _fields(record: Record) -> Values:
    """Return the fields of a record whose value is text."""
    in_book = record.type in ("chapter", "paper-conference")
    house = {"report": "institution", "thesis": "school"}.get(record.type, "publisher")
    is_article = record.type.startswith("article")
    month = record.issued.start[1:2]
    exact = bool(record.issued.end or record.issued.literal)
    return {
        "title": record.title,
        "entrysubtype": "" if record.type in ENTRY_TYPES else record.type,
        "year": "" if record.issued.literal else str(record.issued.year or ""),
        "month": MONTHS[month[0] - 1] if month and not exact else "",
        "day": "".join(map(str, record.issued.start[2:3])) if not exact else "",
        "date": record.issued.iso if exact else "",
        "booktitle" if in_book else "journal": record.container,
        house: record.publisher,
        "address": record.place,
        "series": record.collection,
        "volume": record.volume,
        "number" if is_article else "issue": record.issue,
        "eid" if is_article else "number": record.number,
        "pages": record.pages.replace("-", "--"),
        "type": record.genre if record.genre != MASTERS else "",
        "isbn": record.isbn,
        "issn": record.issn,
        "language": record.language,
        "abstract": record.abstract,
        "keywords": joined(record.keywords),
        "license": record.licence,
        "note": record.note,
    }
