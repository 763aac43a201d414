"""Filtering, sorting and paging of lists: one structure for every listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a filter, with what choosing it gives."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with all its values."""

    name: str
    label: str
    values: Sequence[FacetValue]

    @property
    def selected(self) -> list[FacetValue]:
        """The values that are switched on."""
        return [value for value in self.values if value.selected]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, with the address that switches it off."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of a list."""

    value: str
    label: str
    selected: bool
    url: str


def with_parameter(query: QueryDict, name: str, values: Iterable[str]) -> str:
    """Return the query string with one parameter replaced, back on the first page."""
    changed = query.copy()
    changed.setlist(name, list(values))
    changed.pop("page", None)
    return "?" + changed.urlencode()


def toggled(query: QueryDict, name: str, value: str) -> str:
    """Return the query string with one value of a filter switched."""
    chosen = query.getlist(name)
    changed = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
    return with_parameter(query, name, changed)


def build_facet(
    query: QueryDict,
    name: str,
    label: str,
    counts: Iterable[tuple[str, int]],
    labels: Mapping[str, str],
) -> Facet:
    """Build a filter from counts; a chosen value stays visible when it counts nothing."""
    chosen = query.getlist(name)
    rows = dict(counts)
    for value in chosen:
        if value in labels:
            rows.setdefault(value, 0)
    values = [
        FacetValue(
            value, labels.get(value, value), count, value in chosen, toggled(query, name, value)
        )
        for value, count in rows.items()
    ]
    return Facet(name, label, values)


def chips(facets: Iterable[Facet]) -> list[Chip]:
    """Return what is switched on, over all filters."""
    return [
        Chip(f"{facet.label}: {value.label}", value.url)
        for facet in facets
        for value in facet.selected
    ]


def paginate(items: Any, query: QueryDict, per_page: int) -> PaginatorPage[Any]:
    """Return the page asked for; an impossible number gives the nearest page."""
    return Paginator(items, per_page).get_page(query.get("page"))
