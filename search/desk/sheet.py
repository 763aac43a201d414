"""The questions as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

MOST_ROWS = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(text: str) -> str:
    """Return a text that a spreadsheet shows and never runs.

    What begins like a formula gets an apostrophe before it, as OWASP advises.
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def as_csv(rows: Iterable[Mapping[str, Any]], name: str) -> HttpResponse:
    """Return questions as CSV (RFC 4180), with the mark by which Excel knows UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(
        [_("question"), _("language"), _("asked"), _("without results"), _("something opened")]
    )
    for row in rows:
        counts = [row["asked"], row["missed"], row["chosen"]]
        writer.writerow([cell(row["text"]), row["language"], *counts])
    return HttpResponse(
        "\ufeff" + file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
