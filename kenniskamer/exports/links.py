"""Where references can be had: the links beside a study and beside a list."""

from __future__ import annotations

import uuid

from django.http import QueryDict
from django.urls import reverse

from core.exports import ExportLink
from kenniskamer.bibliography.formats import EXPORTS

ON_SCREEN = ("page", "sort")
"""What an address says about a list on a screen, and means nothing for a file."""


def list_links(view: str, query: QueryDict) -> list[ExportLink]:
    """Return the links for the list that an address narrows."""
    asked = query.copy()
    for name in ON_SCREEN:
        asked.pop(name, None)
    suffix = f"?{asked.urlencode()}" if asked else ""
    return [
        ExportLink(export.name, reverse(view, args=[extension]) + suffix)
        for extension, export in EXPORTS.items()
    ]


def library_links(query: QueryDict) -> list[ExportLink]:
    """Return the links for the library with its filters."""
    return list_links("export_library", query)


def found_links(query: QueryDict) -> list[ExportLink]:
    """Return the links for the studies a search finds."""
    return list_links("export_found", query)


def study_links(key: uuid.UUID) -> list[ExportLink]:
    """Return the links for one work; they stay whatever becomes of its title or address."""
    return [
        ExportLink(export.name, reverse("export_study", args=[key, extension]))
        for extension, export in EXPORTS.items()
        if extension != "csv"
    ]
