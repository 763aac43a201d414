"""What the address of a results page asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from search.engines.base import FACETS, Filters, Sort
from search.query import ParsedQuery, parse

PARAMETERS = {"kind": "kind", "theme": "theme", "year": "year", "language": "lang"}
"""The name of each facet in addresses."""

MOST_VALUES = 50
LAST_PAGE = 10_000
LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A request for results, with `refused`: what it asked for that does not exist.

    `refused` maps the name of a parameter to the first value we do not know; `exact`
    asks for the reader's own words only, without synonyms and corrections. `within` is the
    number of the one page to search in.
    """

    query: ParsedQuery
    filters: Filters
    sort: Sort
    page: int
    refused: Mapping[str, str]
    exact: bool = False
    within: int | None = None


def read_question(parameters: QueryDict, known: Mapping[str, Iterable[str]]) -> Question:
    """Read a request; what we do not know is left out and reported, never an error.

    `known` gives the values of each facet that exist, except years.
    """
    refused: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in FACETS:
        asked = [value for value in parameters.getlist(PARAMETERS[facet])[:MOST_VALUES] if value]
        right = [v for v in asked if (is_year(v) if facet == "year" else v in known[facet])]
        if len(right) < len(asked):
            refused[PARAMETERS[facet]] = next(v for v in asked if v not in right)
        chosen[facet] = tuple(dict.fromkeys(right))
    sort = parameters.get("sort", "") or "relevance"
    if sort not in ("relevance", "date"):
        refused["sort"] = sort
    filters = Filters(
        kind=chosen["kind"],
        theme=chosen["theme"],
        year=tuple(int(value) for value in chosen["year"]),
        language=chosen["language"],
    )
    return Question(
        query=parse(parameters.get("q", "")),
        filters=filters,
        sort="date" if sort == "date" else "relevance",
        page=min(_number(parameters.get("page", ""), "page", refused) or 1, LAST_PAGE),
        refused=refused,
        exact=parameters.get("exact", "") not in ("", "0"),
        within=_number(parameters.get("in", ""), "in", refused),
    )


def is_year(value: str) -> bool:
    """Say whether a value is a year in four figures."""
    return value.isascii() and value.isdigit() and len(value) == 4


def _number(value: str, name: str, refused: dict[str, str]) -> int | None:
    if value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER and int(value):
        return int(value)
    if value:
        refused[name] = value
    return None
