"""The addresses at which references go out."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Locale

from core.querysets import visible
from kenniskamer.exports.files import loaded, response
from kenniskamer.models import KenniskamerPage, ResearchPage
from kenniskamer.models.library import narrowed, ordered
from kenniskamer.permanent_views import follow, in_language
from search.answering import answer
from search.engines.base import SearchUnavailable
from search.keys import page_id_of
from search.parameters import read_question
from search.presentation import read_names

MOST_FOUND = 1_000
"""Studies of a search in one file: further down nobody has looked."""

RETRY_SECONDS = "30"


@require_safe
def study(request: HttpRequest, key: uuid.UUID, extension: str) -> HttpResponseBase:
    """Give the reference of one study; one that is gone says so."""
    page = in_language(visible(ResearchPage.objects.filter(translation_key=key)))
    if page is None:
        return follow(request, key)
    return response([page], extension, page.slug)


@require_safe
def library(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the references of the library, with the filters of its address."""
    shelf = visible(KenniskamerPage.objects.filter(locale=Locale.get_active())).first()
    if shelf is None:
        raise Http404
    studies = narrowed(shelf.specific.studies(), request.GET)
    return response(loaded(ordered(studies, "year")), extension, shelf.title)


@require_safe
def found(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the references of the studies a search finds, best first."""
    asked = request.GET.copy()
    kinds = [kind for kind in asked.getlist("kind") if kind]
    asked.setlist("kind", ["research"])
    asked["page"] = "1"
    question = read_question(asked, read_names().known())
    try:
        hits = answer(question, translation.get_language() or "", page_size=MOST_FOUND).hits
    except SearchUnavailable:
        text = _("Search is being rebuilt. Try again in half a minute.")
        busy = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
        busy["Retry-After"] = RETRY_SECONDS
        return busy
    ids = [pk for hit in hits if (pk := page_id_of(hit.key))]
    if kinds and "research" not in kinds:
        ids = []
    pages = {page.pk: page for page in loaded(visible(ResearchPage.objects.filter(pk__in=ids)))}
    return response([pages[pk] for pk in ids if pk in pages], extension, question.query.text)
