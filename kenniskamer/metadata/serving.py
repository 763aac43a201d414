"""Sending Signposting links along with the page of a study and with its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wagtail import hooks
from wagtail.models import Page

from core import downloads
from core.models import HubDocument
from core.querysets import visible
from kenniskamer.metadata.described import described
from kenniskamer.metadata.signposting import file_links, joined, landing_links
from kenniskamer.models import ResearchPage

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponseBase]


def connect() -> None:
    """Send links with every study and every document of one."""
    hooks.register("on_serve_page", with_links)
    downloads.register_links(links_of_document)


def with_links(serve: Serve) -> Serve:
    """Wrap the serving of a page."""

    def served(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        response = serve(page, request, args, kwargs)
        # With arguments it is not the page itself but something under it: an earlier version.
        itself = isinstance(page, ResearchPage) and not args and not kwargs
        if itself and response.status_code == 200:
            response.headers["Link"] = joined(landing_links(described(page)))
        return response

    return served


def links_of_document(document: HubDocument) -> Iterable[str]:
    """Return the links of a document that belongs to one public study; none for others."""
    found = list(
        visible(ResearchPage.objects.filter(sources__source_file__document=document)).distinct()[:5]
    )
    if len({page.translation_key for page in found}) != 1:
        return ()
    return file_links(described(min(found, key=lambda page: page.pk)))
