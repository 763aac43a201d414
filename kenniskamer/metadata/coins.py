"""COinS: an OpenURL in a span, from which reference managers read studies in a list.

Key/encoded-value format of ANSI/NISO Z39.88-2004.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from kenniskamer.bibliography.record import Record
from kenniskamer.metadata.described import Described
from kenniskamer.metadata.kinds import JOURNAL_TYPES, in_book
from kenniskamer.metadata.pages import first_and_last

_FORMAT = "info:ofi/fmt:kev:mtx:"
_MOST_AUTHORS = 20
_LONGEST_TITLE = 300
_BOOK_GENRES = {"book": "book", "report": "report", "paper-conference": "proceeding"}

Pair = tuple[str, str]


def coins(study: Described) -> str:
    """Return the ContextObject of a study, for the `title` of an empty span."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        *_identifiers(study),
        *((f"rft.{key}", value) for key, value in _referent(study)),
    ]
    return urlencode([(key, value) for key, value in pairs if value])


def _identifiers(study: Described) -> Iterator[Pair]:
    record = study.record
    yield "rft_val_fmt", _FORMAT + _matrix(record)
    if record.doi:
        yield "rft_id", f"info:doi/{record.doi}"
    if record.isbn:
        yield "rft_id", f"urn:ISBN:{record.isbn.split()[0]}"
    yield "rft_id", study.permanent
    yield "rfr_id", "info:sid/" + study.permanent.split("/")[2] + ":kenniskamer"


def _matrix(record: Record) -> str:
    if record.type in JOURNAL_TYPES:
        return "journal"
    return "dissertation" if record.type == "thesis" else "book"


def _referent(study: Described) -> Iterator[Pair]:
    """Yield what the matrix of this kind of publication knows."""
    record = study.record
    title = record.title[:_LONGEST_TITLE]
    matrix = _matrix(record)
    if matrix == "journal":
        yield from _journal(record, title)
    elif matrix == "dissertation":
        yield "title", title
        yield "inst", record.publisher
    else:
        yield from _book(record, title)
    yield "date", study.date
    yield "language", study.language
    yield from _authors(record)


def _journal(record: Record, title: str) -> Iterator[Pair]:
    yield "genre", "article"
    yield "atitle", title
    yield "jtitle", record.container
    yield "volume", record.volume
    yield "issue", record.issue
    yield "issn", record.issn
    yield from _pages(record)


def _book(record: Record, title: str) -> Iterator[Pair]:
    if in_book(record):
        yield "genre", "bookitem"
        yield "atitle", title
        yield "btitle", record.container
        yield from _pages(record)
    else:
        yield "genre", _BOOK_GENRES.get(record.type, "unknown")
        yield "btitle", title
    yield "pub", record.publisher
    yield "place", record.place
    yield "series", record.collection
    yield "isbn", record.isbn.split()[0] if record.isbn else ""


def _pages(record: Record) -> Iterator[Pair]:
    first, last = first_and_last(record.pages)
    yield "spage", first
    yield "epage", last


def _authors(record: Record) -> Iterator[Pair]:
    """Yield the first author in parts, then all by name."""
    if record.authors:
        first = record.authors[0]
        if first.literal:
            yield "aucorp", first.literal
        else:
            yield "aulast", first.full_family
            yield "aufirst", first.given
    for name in record.authors[:_MOST_AUTHORS]:
        if not name.literal:
            yield "au", name.inverted
