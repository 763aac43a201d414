"""The questions as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from core import spreadsheet

MOST_ROWS = 10_000


def as_csv(rows: Iterable[Mapping[str, Any]], name: str) -> HttpResponse:
    """Return questions as CSV."""
    header = [_("question"), _("language"), _("asked"), _("without results"), _("something opened")]
    values = ("text", "language", "asked", "missed", "chosen")
    return spreadsheet.as_csv(header, ([row[name] for name in values] for row in rows), name)
