"""The results page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from core import exports
from core.listing import chips
from search.answering import Answer, answer
from search.counting import count_asked
from search.engines.base import SearchUnavailable
from search.feeds import feed_links
from search.hit_view import PassageView, hit_view, passage_view
from search.parameters import read_question
from search.presentation import (
    Names,
    accepted,
    facets,
    page_of_results,
    read_names,
    sorts,
)
from search.promotions import promoted_pages, without_promoted
from search.readers import is_first_look
from search.ways_on import popular, ways_on

RETRY_SECONDS = "30"
PLACE_LENGTH = 260
"""Characters of a place in one study: about two lines on a laptop."""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what a question finds, in the language of the address."""
    names = read_names()
    question = read_question(request.GET, names.known())
    try:
        found = answer(question, translation.get_language() or "")
    except SearchUnavailable:
        context = {"query": question.query.text, "unavailable": True}
        context["again"] = request.get_full_path()
        page = render(request, "search/results.html", context, status=503)
        page["Retry-After"] = RETRY_SECONDS
        return page
    context = results_context(request, found, names)
    if not found.within and is_first_look(request, question):
        missed = not found.total and not context["promoted"]
        language = translation.get_language() or ""
        context["counted"] = count_asked(question.query.text, language, missed=missed)
    if not found.total and not found.within:
        language = translation.get_language() or ""
        context["ways"] = ways_on(found, language) if found.read_as else []
        context["popular"] = popular(language)
    return render(request, "search/results.html", context)


def results_context(request: HttpRequest, found: Answer, names: Names) -> dict[str, Any]:
    """Name what the results template needs; the template says what each is."""
    parsed = found.read_as
    filters = facets(found, request.GET, names)
    within = found.within is not None
    promoted = [] if within else promoted_pages(found, translation.get_language() or "")
    hits = [] if within else without_promoted(found.hits, promoted)
    return {
        "query": found.question.query.text,
        "answered": parsed.text,
        "asked": bool(parsed),
        "read_as": parsed,
        "corrected": found.corrected,
        "did_you_mean": found.did_you_mean,
        "unquoted": found.unquoted,
        "synonyms": found.synonyms,
        "exact": found.question.exact,
        "total": found.total,
        "promoted": promoted,
        "hits": [hit_view(hit, found.marker, names.kind, found.mended) for hit in hits],
        "within": found.within,
        "places": places(found),
        "results_page": page_of_results(found),
        "parameters": accepted(found, request.GET),
        "facets": filters,
        "chips": chips(filters),
        "sorts": sorts(found, request.GET),
        "feeds": feed_links(accepted(found, request.GET)) if parsed and not within else [],
        "themes": sorted(names.theme.items(), key=lambda theme: theme[1]),
        "exports": [] if within else exports.links(request.GET),
    }


def places(found: Answer) -> list[PassageView]:
    """Return the places in the one page that was searched in, best first."""
    if not found.within:
        return []
    return [
        passage_view(passage, found.marker, hit.language, PLACE_LENGTH)
        for hit in found.hits
        for passage in hit.passages
    ]
