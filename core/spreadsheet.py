"""Lists as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(text: str) -> str:
    """Return a text that a spreadsheet shows and never runs.

    What begins like a formula gets an apostrophe before it, as OWASP advises.
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]], name: str) -> HttpResponse:
    """Return rows as CSV (RFC 4180), with the mark by which Excel knows UTF-8.

    `name` is that of the file, without its ending. Texts are made safe with `cell`.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return HttpResponse(
        "\ufeff" + file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
