"""The results page as JSON, for machines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from search.answering import Answer, answer
from search.engines.base import FACETS, Hit, SearchUnavailable
from search.hit_view import found_on, lead
from search.parameters import PARAMETERS, read_question
from search.presentation import Names, ordered_counts, read_names


@vary_on_headers("Accept-Language")
def search_api(request: HttpRequest) -> JsonResponse:
    """Answer `?q=&lang=&kind=&theme=&year=&sort=&page=&exact=&in=`; errors are `{"error": "…"}`."""
    if request.method not in ("GET", "HEAD"):
        return _error(_("Ask with GET."), 405, Allow="GET, HEAD")
    names = read_names()
    question = read_question(request.GET, names.known())
    if question.refused:
        name, value = next(iter(question.refused.items()))
        message = _("We do not know the value “%(value)s” of %(name)s.")
        return _error(message % {"value": value[:60], "name": name}, 400)
    language = question.filters.language[:1] or (translation.get_language() or "",)
    try:
        found = answer(question, language[0])
    except SearchUnavailable:
        message = _("Search is being rebuilt. Try again in a moment.")
        return _error(message, 503, **{"Retry-After": "30"})
    if question.within and not found.within:
        return _error(_("There is no such page to search in."), 400)
    return JsonResponse(as_json(found, names), json_dumps_params={"ensure_ascii": False})


def as_json(found: Answer, names: Names) -> dict[str, Any]:
    """Return an answer as JSON values."""
    return {
        "query": found.question.query.text,
        "corrected": found.corrected or None,
        "did_you_mean": found.did_you_mean or None,
        "unquoted": found.unquoted,
        "also_searched": [
            {"text": synonym.text, "language": synonym.language} for synonym in found.synonyms
        ],
        "exact": found.question.exact,
        "in": found.within.page_id if found.within else None,
        "total": found.total,
        "page": found.results.page,
        "pages": found.results.pages,
        "sort": found.question.sort,
        "results": [_hit(hit, found, names) for hit in found.hits],
        "facets": {
            PARAMETERS[facet]: [
                {"value": value, "label": _name(facet, value, names), "count": count}
                for value, count in ordered_counts(facet, found.results.facets[facet])
            ]
            for facet in FACETS
        },
    }


def _hit(hit: Hit, found: Answer, names: Names) -> dict[str, Any]:
    marker = found.marker
    return {
        "title": hit.title,
        "url": hit.url,
        "kind": hit.kind,
        "kind_label": names.kind.get(hit.kind, hit.kind),
        "language": hit.language,
        "year": hit.year,
        "date": hit.date.isoformat() if hit.date else None,
        "themes": list(hit.themes),
        "summary": hit.summary,
        "summary_html": lead(hit, marker),
        "score": hit.score,
        "found_on": [
            {"text": word.text, "language": word.language}
            for word in found_on(hit, marker, found.mended)
        ],
        "passages": [
            {
                "locator": passage.locator,
                "label": passage.label,
                "url": passage.url,
                "language": passage.language,
                "snippet": marker.snippet(passage.text, passage.language),
            }
            for passage in hit.passages
        ],
    }


def _name(facet: str, value: str, names: Names) -> str:
    return value if facet == "year" else names.known()[facet].get(value, value)


def _error(message: str, status: int, **headers: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status, headers=headers)
