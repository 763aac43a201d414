"""The sitemap: every page a visitor may see, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wagtail.models import Page, Site

# The protocol allows 50,000 addresses in one file (sitemaps.org).
LIMIT = 50_000


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with sitemap.xml."""
    return render(
        request,
        "sitemap.xml",
        {"entries": entries(request)},
        content_type="application/xml; charset=utf-8",
    )


def entries(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield the address and last change of each page."""
    site = Site.find_for_request(request)
    if not site:
        return
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    for home in homes:
        pages = home.get_descendants(inclusive=True).live().public().order_by("path")
        for page in pages[:LIMIT].iterator(chunk_size=500):
            url = page.get_url(request)
            if url:
                yield {"url": settings.BASE_URL + url, "changed": page.last_published_at}
