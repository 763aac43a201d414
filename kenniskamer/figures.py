"""Figures of the library for people who would rather look than read.

Counts come from the same filters as the list, so that every bar leads to as many
studies as it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.languages import in_each_language
from core.models import BasePage

if TYPE_CHECKING:
    from core.listing import Facet
    from kenniskamer.models.library import KenniskamerPage

ADDRESS = gettext_noop("figures")
YEARS = 25
"""Years that get a bar of their own; what is older stands together in one."""
ROW = 40
"""Height of a bar with its label, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, how long (percent of the longest), where it leads."""

    label: str
    count: int
    percent: int
    url: str
    top: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one title. `missing` says what the bars leave out, "" when nothing."""

    name: str
    title: str
    column: str
    summary: str
    bars: Sequence[Bar]
    missing: str = ""

    @property
    def height(self) -> int:
        """The height of the drawing in CSS pixels."""
        return ROW * len(self.bars)


def address(library_url: str) -> str:
    """Return the address of the figures under a library, in the active language."""
    return f"{library_url}{_(ADDRESS)}/"


def answer(library: KenniskamerPage, request: HttpRequest) -> TemplateResponse:
    """Answer with the page."""
    context = BasePage.get_context(library, request)
    total = library.studies().count()
    context |= {
        "charts": charts(library, total) if total else [],
        "total": total,
        "crumbs": [*context["crumbs"], library],
        "below": {code: f"{word}/" for code, word in in_each_language(ADDRESS).items()},
    }
    return TemplateResponse(request, "kenniskamer/figures.html", context)


def charts(library: KenniskamerPage, total: int) -> list[Chart]:
    """Return the figures that have anything to show."""
    facets = {facet.name: facet for facet in library.facets(QueryDict())}
    made = (
        _years(facets["year"], library.url or "", total),
        _themes(facets["theme"], library.url or ""),
    )
    return [chart for chart in made if chart.bars]


def _years(facet: Facet, url: str, total: int) -> Chart:
    """Draw a bar for each year, newest first, years without studies too."""
    counts = {int(value.value): value.count for value in facet.values}
    newest = max(counts, default=0)
    first = max(newest - YEARS + 1, min(counts, default=0))
    rows = [(str(year), counts.get(year, 0), [str(year)]) for year in range(newest, first - 1, -1)]
    older = sorted(year for year in counts if year < first)
    if older:
        label = _("%(year)d and earlier") % {"year": older[-1]}
        rows.append((label, sum(counts[year] for year in older), [str(year) for year in older]))
    bars = _bars([(label, count, {"year": years}) for label, count, years in rows], url)
    unknown = total - sum(counts.values())
    most = max(bars, key=lambda bar: bar.count, default=None)
    return Chart(
        "years",
        _("Research per year of publication"),
        _("Year"),
        _("Most studies are from %(label)s: %(count)d.")
        % {"label": most.label, "count": most.count}
        if most
        else "",
        bars,
        _("Without a year: %(count)d.") % {"count": unknown} if unknown else "",
    )


def _themes(facet: Facet, url: str) -> Chart:
    """Draw a bar for each theme, most used first. A study may count in several."""
    rows = [(value.label, value.count, {"theme": [value.value]}) for value in facet.values]
    bars = _bars(rows, url)
    return Chart(
        "themes",
        _("Research per theme"),
        _("Theme"),
        _("Most studies are about %(label)s: %(count)d. A study can have several themes.")
        % {"label": bars[0].label, "count": bars[0].count}
        if bars
        else "",
        bars,
    )


def _bars(rows: Sequence[tuple[str, int, dict[str, list[str]]]], url: str) -> list[Bar]:
    longest = max((count for _label, count, _query in rows), default=0)
    return [
        Bar(
            label,
            count,
            max(round(100 * count / longest), 1) if count else 0,
            f"{url}?{urlencode(query, doseq=True)}" if count else "",
            ROW * place,
        )
        for place, (label, count, query) in enumerate(rows)
    ]
