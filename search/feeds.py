"""A search as a feed: what it finds, in the order in which it was published or corrected."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from html import unescape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.feeds import FORMS, NEVER, Entry, Feed, FeedLink, links, response
from core.models import Announcement, AnnouncementKind, SiteSettings
from search.answering import Answer, answer
from search.engines.base import Hit, SearchUnavailable
from search.hit_view import lead
from search.keys import page_id_of
from search.parameters import PARAMETERS, read_question
from search.presentation import Names, read_names

MOST = 40
RETRY_SECONDS = "30"
KEPT = ("q", *PARAMETERS.values(), "exact")


def feed_links(query: QueryDict) -> list[FeedLink]:
    """Return the feeds of a search. `query` holds only what is in use."""
    return links(f"{reverse('search')}feed/", kept(query))


def kept(query: QueryDict) -> QueryDict:
    """Keep what decides what is found, so that one search has one feed."""
    found = QueryDict(mutable=True)
    for name in KEPT:
        values = [value for value in query.getlist(name) if value]
        if values:
            found.setlist(name, values[-1:] if name in ("q", "exact") else sorted(set(values)))
    return found


@require_safe
def search_feed(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with a search as RSS, Atom or JSON Feed, newest first."""
    if form not in FORMS:
        raise Http404("There is no such kind of feed.")
    names = read_names()
    asked = kept(request.GET)
    asked["sort"] = "date"
    question = read_question(asked, names.known())
    if not question.query:
        raise Http404("A feed needs a question.")
    language = translation.get_language() or settings.LANGUAGE_CODE
    try:
        found = answer(question, language, MOST)
    except SearchUnavailable:
        message = _("Search is not available for a moment. Try again later.")
        headers = {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}
        return HttpResponse(message, status=503, content_type="text/plain", headers=headers)
    site = SiteSettings.for_request(request)
    made = _feed(found, kept(request.GET), language, site.organisation, names)
    made_response = response(made, form)
    made_response.headers["X-Robots-Tag"] = "noindex"
    return made_response


def _feed(found: Answer, asked: QueryDict, language: str, organisation: str, names: Names) -> Feed:
    address = f"{settings.BASE_URL}{reverse('search')}"
    ending = f"?{asked.urlencode()}"
    return Feed(
        id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address + ending)}",
        title=_("%(organisation)s: search for “%(query)s”")
        % {"organisation": organisation, "query": found.question.query.text},
        description=_("What this search finds, newest first."),
        url=address + ending,
        own_url=f"{address}feed/{ending}",
        language=language,
        organisation=organisation,
        entries=_entries(found, names),
    )


def _entries(found: Answer, names: Names) -> list[Entry]:
    """Return one entry for each time that a hit was published, corrected or released."""
    pages = {page_id_of(hit.key): hit for hit in found.hits}
    news = Announcement.objects.filter(page__in=[pk for pk in pages if pk])
    told: dict[int, list[Announcement]] = {}
    for announcement in news.order_by("-at", "-pk"):
        told.setdefault(announcement.page_id, []).append(announcement)
    entries = [
        entry
        for pk, hit in pages.items()
        for entry in _of_hit(hit, told.get(pk or 0, ()), found, names)
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)[:MOST]


def _of_hit(hit: Hit, told: Sequence[Announcement], found: Answer, names: Names) -> Iterator[Entry]:
    work = uuid.UUID(hit.work)
    text = unescape(strip_tags(lead(hit, found.marker)))
    tags = tuple(names.theme.get(slug, slug) for slug in hit.themes)
    link = settings.BASE_URL + hit.url
    first = next((one.at for one in told if one.kind == AnnouncementKind.NEW), _noon(hit.date))
    # The same number as in the feed of the library: a reader of both sees it once.
    number = uuid.uuid5(work, hit.language)
    yield Entry(f"urn:uuid:{number}", hit.title, link, text, first, hit.language, (), tags)
    for one in told:
        if one.kind != AnnouncementKind.NEW:
            number = uuid.uuid5(work, f"{hit.language} {one.kind} {one.at.isoformat()}")
            title = f"{one.get_kind_display()}: {hit.title}"
            yield Entry(
                f"urn:uuid:{number}", title, link, one.note or text, one.at, hit.language, (), tags
            )


def _noon(day: dt.date | None) -> dt.datetime:
    """Return a moment for a day; what has no day gets a fixed one, so that it never moves."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12))) if day else NEVER
