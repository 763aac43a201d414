"""Following a permanent address to where the study is now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from core.querysets import visible
from kenniskamer.models import HarvestRecord, MergedWork, ResearchPage
from kenniskamer.permanent import permanent_path


@require_safe
def follow(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Send a reader on to the study, in their language where it exists.

    A study that was merged leads to the one it went into; one that was public once
    and is no more is gone (410), not unknown (404).
    """
    page = in_language(visible(ResearchPage.objects.filter(translation_key=key)))
    if page and (url := page.get_url(request)):
        return HttpResponsePermanentRedirect(url)
    merged = MergedWork.objects.filter(key=key).first()
    if merged:
        return HttpResponsePermanentRedirect(permanent_path(merged.into))
    get_object_or_404(HarvestRecord, key=key)
    return _gone(request)


def in_language(pages: Iterable[ResearchPage]) -> ResearchPage | None:
    """Choose the version in the reader's language, else in the site's, else any."""
    by_language = {page.language: page for page in pages}
    for code in (translation.get_language(), settings.LANGUAGE_CODE):
        if code in by_language:
            return by_language[code]
    return next(iter(by_language.values()), None)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "kenniskamer/gone.html", status=410)
