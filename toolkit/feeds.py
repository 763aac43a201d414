"""The releases of a toolkit for feed readers."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.feeds import Entry, Feed, FeedLink, links, response
from core.models import SiteSettings
from core.plain_text import rich_text
from toolkit.shelf import Shelf, Standing

MOST = 40


def links_of(toolkit_url: str) -> list[FeedLink]:
    """Return the feeds of a toolkit."""
    return links(f"{toolkit_url}feed/")


def answer(toolkit: Any, request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the feed: new releases, and what was said about one later."""
    site = SiteSettings.for_request(request)
    url = f"{settings.BASE_URL}{toolkit.url}"
    feed = Feed(
        id=f"urn:uuid:{uuid.uuid5(toolkit.translation_key, 'releases ' + toolkit.language)}",
        title=_("%(toolkit)s: releases") % {"toolkit": toolkit.title},
        description=toolkit.description or toolkit.title,
        url=url,
        own_url=f"{url}feed/",
        language=toolkit.language,
        organisation=site.organisation or toolkit.title,
        entries=entries(Shelf(toolkit)),
    )
    return response(feed, form)


def entries(shelf: Shelf) -> list[Entry]:
    """Return releases and notices, newest first."""
    found = [_release(one) for one in shelf.all]
    found += [_notice(one) for one in shelf.all if one.release.notice_kind]
    return sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True)[:MOST]


def _release(one: Standing) -> Entry:
    return _entry(
        one,
        "",
        one.release.page.title,
        rich_text(one.release.page.notes),
        one.release.released_at,
    )


def _notice(one: Standing) -> Entry:
    title = _("Withdrawn: %(title)s") if one.is_withdrawn else _("Corrected: %(title)s")
    release = one.release
    return _entry(
        one,
        release.notice_kind,
        title % {"title": release.page.title},
        release.notice_reason,
        release.notice_at,
    )


def _entry(one: Standing, kind: str, title: str, summary: str, at: dt.datetime | None) -> Entry:
    page = one.release.page
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(page.translation_key, page.language + kind)}",
        title=title,
        url=settings.BASE_URL + one.url,
        summary=summary,
        at=at or page.first_published_at or timezone.now(),
        language=page.language,
    )
