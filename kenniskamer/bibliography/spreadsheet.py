"""CSV out: a row for each record, safe to open in a spreadsheet. Pure.

A cell that begins like a formula would be run by a spreadsheet (OWASP, “CSV
injection”). Such a cell gets an apostrophe in front, and so does one that begins
with an apostrophe before such a sign: taking one apostrophe away always gives the
value back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from kenniskamer.bibliography.record import Record

COLUMNS = (
    "id", "type", "title", "authors", "editors", "issued", "publisher", "place", "container",
    "collection", "volume", "issue", "number", "pages", "genre", "doi", "isbn", "issn", "url",
    "language", "keywords", "licence", "abstract", "note",
)  # fmt: skip

FORMULA = re.compile(r"'*[\s]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""Signs a formula begins with, in their wide forms too, behind blanks or apostrophes."""


def write(records: Iterable[Record]) -> str:
    """Return records as CSV (RFC 4180) with a byte order mark, which tells Excel it is UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    rows.writerows([safe(cell) for cell in _cells(record)] for record in records)
    return f"\ufeff{out.getvalue()}"


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _cells(record: Record) -> list[str]:
    lists = {
        "authors": "; ".join(name.inverted for name in record.authors),
        "editors": "; ".join(name.inverted for name in record.editors),
        "issued": record.issued.iso,
        "keywords": "; ".join(record.keywords),
    }
    return [lists[name] if name in lists else getattr(record, name) for name in COLUMNS]
