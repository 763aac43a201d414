"""What is new and what was corrected in the library, for feed readers.

A feed takes the same filters as the library, so every list can be followed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.feeds import Entry, Feed, FeedLink, links, response
from core.models import SiteSettings
from core.models.base import attach_themes
from kenniskamer.choices import NoticeKind
from kenniskamer.models.versions import ResearchNotice, ResearchVersion

if TYPE_CHECKING:
    from kenniskamer.models.library import KenniskamerPage
    from kenniskamer.models.research import ResearchPage

MOST = 40
KEPT = ("theme", "kind", "year", "language")
NOON = dt.time(12)


def links_of(library_url: str, query: QueryDict | None = None) -> list[FeedLink]:
    """Return the feeds of a library, narrowed like its list."""
    return links(f"{library_url}feed/", _filters(query) if query else None)


def answer(library: KenniskamerPage, request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the feed of what an address asks for."""
    site = SiteSettings.for_request(request)
    query = _filters(request.GET)
    ending = f"?{query.urlencode()}" if query else ""
    narrowed_to = library.filter_labels(query)
    url = f"{settings.BASE_URL}{library.url}"
    feed = Feed(
        id=f"urn:uuid:{uuid.uuid5(library.translation_key, library.language + ending)}",
        title=f"{library.title}: {', '.join(narrowed_to)}" if narrowed_to else library.title,
        description=library.description or library.title,
        url=url + ending,
        own_url=f"{url}feed/{ending}",
        language=library.language,
        organisation=site.organisation or library.title,
        entries=entries(library, query),
    )
    return response(feed, form)


def entries(library: KenniskamerPage, query: QueryDict) -> list[Entry]:
    """Return the newest studies and notices of what a query leaves, newest first."""
    studies = library.studies_for(query)
    shown = list(
        studies.newest().prefetch_related("authors").defer("question", "practice", "limits")[:MOST]
    )
    attach_themes(shown)
    notices = (
        ResearchNotice.objects.filter(page__in=studies.values("pk"), number__isnull=False)
        .annotate(public_at=Subquery(_replaced().values("replaced_at")[:1]))
        .select_related("page")
        .order_by("-date", "-pk")[:MOST]
    )
    both = chain(map(_of_study, shown), map(_of_notice, notices))
    return sorted(both, key=lambda entry: (entry.at, entry.id), reverse=True)[:MOST]


def _filters(query: QueryDict) -> QueryDict:
    """Keep what narrows the library, so that one list has one feed."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if values := sorted(set(query.getlist(name))):
            kept.setlist(name, values)
    return kept


def _replaced() -> Any:
    """Return the version each notice replaced; it was kept when the notice became public."""
    return ResearchVersion.objects.filter(
        page_id=OuterRef("page_id"), last_notice__lt=OuterRef("number")
    ).order_by("-last_notice")


def _of_study(study: ResearchPage) -> Entry:
    title = _("Withdrawn: %(title)s") if study.withdrawn else "%(title)s"
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(study.translation_key, study.language)}",
        title=title % {"title": study.title},
        url=settings.BASE_URL + (study.url or ""),
        summary=study.card_lead,
        at=study.first_published_at or timezone.now(),
        language=study.language,
        authors=tuple(author.full_name for author in study.author_list),
        tags=tuple(theme.label for theme in study.themes),
    )


def _of_notice(notice: Any) -> Entry:
    study = notice.page
    titles = {
        NoticeKind.CORRECTION: _("Corrected: %(title)s"),
        NoticeKind.VERSION: _("New version: %(title)s"),
        NoticeKind.WITHDRAWN: _("Withdrawn: %(title)s"),
    }
    day = timezone.make_aware(dt.datetime.combine(notice.date, NOON))
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(notice.translation_key, study.language)}",
        title=titles[NoticeKind(notice.kind)] % {"title": study.title},
        url=f"{settings.BASE_URL}{study.url}#{notice.anchor}",
        summary=notice.reason,
        at=notice.public_at or day,
        language=study.language,
    )
