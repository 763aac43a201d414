"""The library: all studies, with filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.url_routing import RouteResult

from core.feeds import FORMS
from core.listing import Facet, Sort, build_facet, chips, paginate, with_parameter
from core.models import BasePage
from core.models.base import attach_themes
from core.models.theme import theme_labels
from core.querysets import visible
from kenniskamer import explained, feeds, figures
from kenniskamer.choices import OriginalLanguage, StudyKind
from kenniskamer.exports.links import library_links
from kenniskamer.models.research import ResearchPage
from kenniskamer.querysets import ResearchQuerySet

PER_PAGE = 20
FILTERS = {
    "kind": "study_kind",
    "year": "published_year",
    "language": "original_language",
}


def places() -> dict[str, Callable[[KenniskamerPage, HttpRequest], HttpResponseBase]]:
    """Return what has an address of its own under the library, in the active language."""
    found = {f"feed/{form}": partial(feeds.answer, form=form) for form in FORMS}
    return {
        gettext("evidence-label"): explained.answer,
        gettext("figures"): figures.answer,
        **found,
    }


class KenniskamerPage(BasePage):
    """The research library."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["kenniskamer.ResearchPage"]
    max_count_per_parent = 1

    announces = False
    search_kind = "library"
    search_kind_label = _("Library")
    search_kind_weight = (
        0.6  # it lists what the reader is looking for; the thing itself comes first
    )
    show_in_menus_default = True

    class Meta:
        verbose_name = _("Kenniskamer")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of what the library says about itself."""
        place = "/".join(path_components)
        if self.live and place in places():
            return RouteResult(self, kwargs={"place": place})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, place: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the library, or with what it says about itself."""
        if place:
            return places()[place](self, request)
        return super().serve(request, *args, **kwargs)

    def studies(self) -> ResearchQuerySet:
        """All studies a visitor may see."""
        return visible(ResearchPage.objects.child_of(self))

    def studies_for(self, query: QueryDict) -> ResearchQuerySet:
        """The studies that the filters of an address leave."""
        return narrowed(self.studies(), query)

    def filter_labels(self, query: QueryDict) -> list[str]:
        """Name what an address narrows the library to; values that do not exist are left out."""
        labels: dict[str, Mapping[str, Any]] = {
            "theme": theme_labels(self.language) if query.getlist("theme") else {},
            "kind": dict(StudyKind.choices),
            "language": dict(OriginalLanguage.choices),
        }
        named = [
            str(labels[name][value])
            for name in labels
            for value in query.getlist(name)
            if value in labels[name]
        ]
        return named + [v[:4] for v in query.getlist("year") if v.isascii() and v.isdigit()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the list, its filters and its orders."""
        context = super().get_context(request, *args, **kwargs)
        query = request.GET
        order = query.get("sort", "added")
        found = ordered(self.studies_for(query), order)
        results = paginate(found.for_cards(), query, PER_PAGE)
        results.object_list = list(results.object_list)
        attach_themes(results.object_list)
        facets = self.facets(query)
        context.update(
            results=results,
            total=results.paginator.count,
            facets=facets,
            chips=chips(facets),
            sorts=sorts(query, order),
            sort=order,
            filtered=any(facet.selected for facet in facets),
            feeds=feeds.links_of(self.url or "", query),
            figures_url=figures.address(self.url or ""),
            exports=library_links(query),
        )
        return context

    def facets(self, query: QueryDict) -> list[Facet]:
        """Count every filter over what the other filters leave."""
        return [
            self._theme_facet(query),
            self._column_facet(query, "kind", gettext("Kind"), dict(StudyKind.choices)),
            self._column_facet(query, "year", gettext("Year"), {}),
            self._column_facet(
                query,
                "language",
                gettext("Language of the original"),
                dict(OriginalLanguage.choices),
            ),
        ]

    def _column_facet(
        self, query: QueryDict, name: str, label: str, labels: dict[Any, Any]
    ) -> Facet:
        column = FILTERS[name]
        rows = (
            narrowed(self.studies(), query, leave_out=name)
            .exclude(**{f"{column}__isnull": True})
            .order_by()
            .values_list(column)
            .annotate(count=models.Count("pk"))
        )
        counted = [(str(value), count) for value, count in rows if value != ""]
        if name == "year":
            counted.sort(reverse=True)
            labels = {value: value for value, _count in counted}
        else:
            counted.sort(key=lambda row: (-row[1], row[0]))
        return build_facet(
            query, name, label, counted, {key: str(text) for key, text in labels.items()}
        )

    def _theme_facet(self, query: QueryDict) -> Facet:
        rows = (
            narrowed(self.studies(), query, leave_out="theme")
            .exclude(page_themes__isnull=True)
            .order_by()
            .values_list("page_themes__theme__slug")
            .annotate(count=models.Count("pk", distinct=True))
        )
        labels = theme_labels(self.language)
        counted = sorted(rows, key=lambda row: (-row[1], labels.get(row[0], row[0])))
        return build_facet(query, "theme", gettext("Theme"), counted, labels)


def narrowed(studies: ResearchQuerySet, query: QueryDict, leave_out: str = "") -> ResearchQuerySet:
    """Apply the filters of an address; values that do not exist are ignored."""
    for name, column in FILTERS.items():
        values = query.getlist(name)
        if name == "year":
            values = [value for value in values if value.isascii() and value.isdigit()][:50]
        if values and name != leave_out:
            studies = studies.filter(
                **{f"{column}__in": [v[:4] if name == "year" else v for v in values]}
            )
    themes = [slug for slug in query.getlist("theme") if "\x00" not in slug]
    if themes and leave_out != "theme":
        tagged = studies.model.objects.filter(page_themes__theme__slug__in=themes)
        studies = studies.filter(pk__in=tagged.values("pk"))
    return studies


def ordered(studies: ResearchQuerySet, order: str) -> ResearchQuerySet:
    """Put studies in one of the orders a reader can choose."""
    columns = {
        "year": (models.F("published_year").desc(nulls_last=True), "title"),
        "title": ("title",),
    }
    return studies.order_by(*columns.get(order, ("-first_published_at", "-pk")))


def sorts(query: QueryDict, order: str) -> list[Sort]:
    """Return the orders a reader can choose from."""
    labels = {
        "added": gettext("Newest here first"),
        "year": gettext("Year"),
        "title": gettext("Title"),
    }
    known = order if order in labels else "added"
    return [
        Sort(value, label, value == known, with_parameter(query, "sort", [value]))
        for value, label in labels.items()
    ]
