"""What is followed, for a feed reader: a search has its own feed, a theme has this one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.feeds import FORMS, NEVER, Entry, Feed, FeedLink, links, response
from core.models import AnnouncementKind, SiteSettings
from newsletter.alerts.finding import Found, find
from newsletter.alerts.news import news_since
from newsletter.alerts.subjects import Subject, read_subject
from search.feeds import feed_links

MOST = 40


def feeds_of(subject: Subject) -> list[FeedLink]:
    """Return the feeds of something that can be followed, with the same news as the mail."""
    if subject.question:
        return feed_links(subject.parameters)
    return links(f"{reverse('follow')}feed/", subject.parameters)


@require_safe
def theme_feed(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the news on a theme as RSS, Atom or JSON Feed, newest first."""
    subject = read_subject(request.GET, translation.get_language() or settings.LANGUAGE_CODE)
    if form not in FORMS or subject is None:
        raise Http404("There is no such feed.")
    if subject.question:
        address = next(f.url for f in feeds_of(subject) if f.type == FORMS[form][1])
        return HttpResponsePermanentRedirect(address)
    site = SiteSettings.for_request(request)
    answer = response(_feed(subject, site.organisation), form)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _feed(subject: Subject, organisation: str) -> Feed:
    address = f"{settings.BASE_URL}{reverse('follow')}"
    found = find(subject, news_since(NEVER), MOST)
    entries = sorted(
        (entry for one in found for entry in _entries(one)),
        key=lambda entry: (entry.at, entry.id),
        reverse=True,
    )
    return Feed(
        id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{address}?{subject.query}')}",
        title=f"{organisation}: {subject.label}",
        description=_("What is new about this theme, newest first."),
        url=settings.BASE_URL + subject.url,
        own_url=f"{address}feed/?{subject.query}",
        language=subject.language,
        organisation=organisation,
        entries=entries[:MOST],
    )


def _entries(found: Found) -> Iterator[Entry]:
    """Return one entry for each line; the same numbers as in the other feeds of the site."""
    for line in found.lines:
        is_new = line.kind == AnnouncementKind.NEW
        name = line.language if is_new else f"{line.language} {line.kind} {line.at.isoformat()}"
        yield Entry(
            id=f"urn:uuid:{uuid.uuid5(uuid.UUID(line.work), name)}",
            title=found.title if is_new else f"{line.label}: {found.title}",
            url=found.url,
            summary=line.note or found.plain,
            at=line.at,
            language=found.language,
        )
