"""What an edition tells, so that nobody is told a thing both by an edition and by an alert.

An alert leaves out what an edition told, or is about to tell, its reader; the mail of an
edition leaves out what an alert told. Which came first decides, person by person.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wagtail.models import Page

from core.models import Announcement, AnnouncementKind
from newsletter.alerts.news import item_of
from newsletter.blocks import News
from newsletter.enums import DeliveryState
from newsletter.framing import frozen_frame
from newsletter.models import Delivery, Edition, EditionPage, FrozenMail, Told
from newsletter.parts import Content, Heading, Item, without_lone_headings
from newsletter.reading import absolute
from newsletter.rendering import as_html, as_text

NOT_TOLD = (DeliveryState.SKIPPED, DeliveryState.PERMANENT)
_KINDS = {
    News.NEW: (AnnouncementKind.NEW, AnnouncementKind.RELEASED),
    News.CORRECTED: (AnnouncementKind.CORRECTED,),
}


@dataclass(frozen=True, slots=True)
class EditionNews:
    """The news in an approved edition.

    `works` are what it is about; `until` is when it was approved. `names` maps the address
    of a piece of news to the names (`newsletter.alerts.news`) under which an alert tells it.
    """

    works: frozenset[str]
    until: dt.datetime
    names: Mapping[str, frozenset[str]]


def news_of(edition: Edition) -> EditionNews:
    """Return the news of an approved edition; read once, since it never changes."""
    until = edition.approved_at or edition.created_at
    return _news_of(edition.pk, until)


@functools.lru_cache(maxsize=64)
def _news_of(edition: int, until: dt.datetime) -> EditionNews:
    told = [row for page in EditionPage.objects.filter(edition=edition) for row in _items(page)]
    pages = Page.objects.in_bulk([pk for pk, _news in told])
    works = {pages[pk].translation_key for pk, _news in told if pk in pages}
    lines = list(
        Announcement.objects.filter(page__translation_key__in=works, at__lte=until)
        .order_by("at", "pk")
        .values_list("page__translation_key", "page_id", "kind", "pk")
    )
    names: dict[str, frozenset[str]] = {}
    for pk, news in told:
        if page := pages.get(pk):
            # Of each language the newest line of that kind; a correction of last year is another.
            newest = {
                (line[1], line[2]): item_of(line[0], line[2], line[3])
                for line in lines
                if line[0] == page.translation_key and line[2] in _KINDS.get(news, ())
            }
            names[absolute(page.url or "")] = frozenset(newest.values())
    return EditionNews(frozenset(map(str, works)), until, names)


def _items(page: EditionPage) -> list[tuple[int, News]]:
    """Return the numbers of the pages in an edition, each with what is told about it.

    The newest draft is what was approved; the page itself follows when it is published.
    """
    body = page.get_latest_revision_as_object().body
    raw = [row["value"] for row in body.raw_data if row["type"] == "item"]
    return [
        (int(value["page"]), News(value.get("news") or News.NEW))
        for value in raw
        if value.get("page")
    ]


def works_told(participant: int) -> dict[str, dt.datetime]:
    """Return the works that editions told a person, or are about to, and news up to when."""
    rows = (
        Delivery.objects.filter(participant=participant)
        .exclude(state__in=NOT_TOLD)
        .select_related("edition")
        .order_by("-pk")[:6]  # half a year: longer than anything counts as news
    )
    told: dict[str, dt.datetime] = {}
    for row in rows:
        news = news_of(row.edition)
        for work in news.works:
            told[work] = max(news.until, told.get(work, news.until))
    return told


def told_by_alerts(edition: Edition, people: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return per person the addresses of news in an edition that an alert told them.

    People who were told nothing of it are left out. One query, and none for an edition
    without news.
    """
    news = news_of(edition)
    addresses = {name: address for address, names in news.names.items() for name in names}
    if not addresses:
        return {}
    rows = Told.objects.filter(participant__in=list(people), item__in=list(addresses))
    found: dict[int, set[str]] = {}
    for person, item in rows.values_list("participant_id", "item"):
        found.setdefault(person, set()).add(addresses[item])
    return {person: frozenset(left_out) for person, left_out in found.items()}


@dataclass(frozen=True, slots=True)
class Shorter:
    """The mail of an edition without some of its news. `is_empty` when nothing is left."""

    html: str
    text: str
    is_empty: bool


def without(mail: FrozenMail, addresses: frozenset[str]) -> Shorter:
    """Return an approved mail without some of its news: the rest just as it was approved.

    Few differ: it is made once for all who were told the same.
    """
    return _without(mail.edition_id, mail.language, mail.sha256, addresses)


@functools.lru_cache(maxsize=128)
def _without(edition: int, language: str, sha256: str, addresses: frozenset[str]) -> Shorter:
    # The hash is there for the cache: another approval is another mail.
    page = EditionPage.objects.get(edition=edition, locale__language_code=language)
    content = Content.from_json(page.approved)
    left = [p for p in content.parts if not (isinstance(p, Item) and p.url in addresses)]
    shorter = replace(content, parts=without_lone_headings(left))
    frame = frozen_frame(language)
    is_empty = all(isinstance(part, Heading) for part in shorter.parts)
    return Shorter(as_html(shorter, frame), as_text(shorter, frame), is_empty)
