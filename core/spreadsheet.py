"""Lists as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(text: str) -> str:
    """Return a text that a spreadsheet shows and never runs.

    What begins like a formula gets an apostrophe before it, as OWASP advises.
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


class _Line:
    """A file of one line, so that a list of any length needs the memory of a row."""

    def write(self, text: str) -> str:
        """Hand on what the writer made."""
        return text


def csv_lines(rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """Yield rows, the heading first, as lines of CSV (RFC 4180) that no spreadsheet runs.

    The first begins with the mark by which Excel knows UTF-8.
    """
    writer, mark = csv.writer(_Line()), "\ufeff"
    for row in rows:
        cells = [cell(value) if isinstance(value, str) else value for value in row]
        yield f"{mark}{writer.writerow(cells)}"
        mark = ""


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]], name: str) -> HttpResponse:
    """Return rows as a CSV file. `name` is that of the file, without its ending."""
    return HttpResponse(
        "".join(csv_lines([header, *rows])),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
