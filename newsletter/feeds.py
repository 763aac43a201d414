"""The editions that were sent, for feed readers."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.feeds import Entry, Feed, FeedLink, links, response
from core.models import SiteSettings
from newsletter.parts import Content

MOST = 24


def links_of(newsletter_url: str) -> list[FeedLink]:
    """Return the feeds of a newsletter."""
    return links(f"{newsletter_url}feed/")


def answer(newsletter: Any, request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the editions that went out, newest first."""
    site = SiteSettings.for_request(request)
    url = f"{settings.BASE_URL}{newsletter.url}"
    feed = Feed(
        id=f"urn:uuid:{uuid.uuid5(newsletter.translation_key, 'editions ' + newsletter.language)}",
        title=newsletter.title,
        description=newsletter.description or newsletter.title,
        url=url,
        own_url=f"{url}feed/",
        language=newsletter.language,
        organisation=site.organisation or newsletter.title,
        entries=[_entry(page) for page in newsletter.editions()[:MOST]],
    )
    return response(feed, form)


def _entry(page: Any) -> Entry:
    content: Content = page.content
    news = "\n".join(item.title for item in content.items)
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(page.translation_key, page.language)}",
        title=content.title,
        url=settings.BASE_URL + (page.url or ""),
        summary="\n\n".join(part for part in (content.preview, news) if part),
        at=page.edition.started_at or page.first_published_at or timezone.now(),
        language=page.language,
    )
