"""From an answer to what the results page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from core.listing import Facet, Sort, build_facet, with_parameter
from core.models.theme import theme_labels
from search.answering import PAGE_SIZE, Answer
from search.engines.base import FACETS
from search.kinds import kind_labels
from search.parameters import PARAMETERS


@dataclass(frozen=True, slots=True)
class Names:
    """The values of each facet that exist, with their names for people."""

    kind: Mapping[str, str]
    theme: Mapping[str, str]
    language: Mapping[str, str]

    def known(self) -> dict[str, Mapping[str, str]]:
        """Return the names by facet."""
        return {"kind": self.kind, "theme": self.theme, "language": self.language}


def read_names() -> Names:
    """Read the names in the active language, in one query."""
    return Names(
        kind_labels(),
        theme_labels(translation.get_language() or settings.LANGUAGE_CODE),
        dict(settings.LANGUAGES),
    )


def page_of_results(answer: Answer, page_size: int = PAGE_SIZE) -> PaginatorPage[Any]:
    """Return the page of results as the pagination component knows it."""
    return Paginator(range(answer.results.total), page_size).page(answer.results.page)


def facets(answer: Answer, parameters: QueryDict, names: Names) -> list[Facet]:
    """Return the filters with their counts."""
    titles = {
        "kind": _("Kind"),
        "theme": _("Theme"),
        "year": _("Year"),
        "language": _("Language"),
    }
    chosen = accepted(answer, parameters)
    return [
        build_facet(
            chosen,
            PARAMETERS[facet],
            titles[facet],
            ordered_counts(facet, answer.results.facets[facet]),
            _labels(facet, answer, names),
        )
        for facet in FACETS
    ]


def sorts(answer: Answer, parameters: QueryDict) -> list[Sort]:
    """Return the orders of the list."""
    orders = {"relevance": _("Relevance"), "date": _("Newest first")}
    current = answer.question.sort
    return [
        Sort(value, label, value == current, with_parameter(parameters, "sort", [value]))
        for value, label in orders.items()
    ]


def accepted(answer: Answer, parameters: QueryDict) -> QueryDict:
    """Return the parameters with only those filters that are in use."""
    changed = parameters.copy()
    for facet in FACETS:
        values = [str(value) for value in getattr(answer.question.filters, facet)]
        changed.setlist(PARAMETERS[facet], values)
    return changed


def ordered_counts(facet: str, counts: Mapping[Any, int]) -> list[tuple[str, int]]:
    """Return the values of a facet: newest year first, otherwise the largest first."""
    pairs: Iterable[tuple[Any, int]] = counts.items()
    if facet == "year":
        return [(str(year), count) for year, count in sorted(pairs, reverse=True)]
    return sorted(((str(v), count) for v, count in pairs), key=lambda pair: (-pair[1], pair[0]))


def _labels(facet: str, answer: Answer, names: Names) -> Mapping[str, str]:
    if facet == "year":
        years = {*answer.results.facets["year"], *answer.question.filters.year}
        return {str(year): str(year) for year in years}
    return names.known()[facet]
