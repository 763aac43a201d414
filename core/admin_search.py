"""Wagtail's own search, for the CMS, made safe for what people type.

On SQLite a lone quotation mark, and everywhere a NUL, ends in an error instead of an
answer (wagtail/wagtail#13227). Visitors search elsewhere: see the package `search`.
"""

from __future__ import annotations

from typing import Any

from wagtail.search.backends import database

LONGEST = 200


def cleaned(query: Any) -> Any:
    """Return typed words without what the database cannot read; other queries as they are."""
    if not isinstance(query, str):
        return query
    return " ".join(query.replace('"', " ").replace("\x00", " ").split())[:LONGEST]


class Cleaning:
    """Clean each query before the database sees it."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for the cleaned words."""
        return super().search(cleaned(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Complete the cleaned words."""
        return super().autocomplete(cleaned(query), *args, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the search backend that fits the database, with cleaning before it."""
    fitting = type(database.SearchBackend(params))
    return type("CleaningSearchBackend", (Cleaning, fitting), {})(params)
