"""What an edition tells, so that nobody is told a thing both by an edition and by an alert.

An alert leaves out what an edition told, or is about to tell, its reader; the mail of an
edition leaves out what an alert told. Which came first decides, person by person.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.models import Announcement, AnnouncementKind
from newsletter.alerts import news as alert_news
from newsletter.blocks import News
from newsletter.enums import UNFINISHED, DeliveryState
from newsletter.framing import frozen_frame
from newsletter.models import Delivery, Edition, EditionPage, FrozenMail, Told
from newsletter.parts import Content, Heading, Item, without_lone_headings
from newsletter.rendering import as_html, as_text

NOT_TOLD = (DeliveryState.SKIPPED, DeliveryState.PERMANENT)
OPEN = (*UNFINISHED, DeliveryState.IN_DOUBT)
"""It may still turn out that such a mail did not tell anything."""

REMEMBERED = dt.timedelta(days=90)
"""As long as what alerts told is kept (`newsletter.alerts.forgetting`)."""


@dataclass(frozen=True, slots=True)
class EditionNews:
    """The news in an approved edition, in one of its languages.

    `works` are what it is about; `until` is when it was approved. `addresses` maps the name
    under which an alert tells a piece of news (`newsletter.alerts.news`) to the addresses
    it has in the mail.
    """

    works: frozenset[str]
    until: dt.datetime
    addresses: Mapping[str, frozenset[str]]

    def tells(self, line: alert_news.News) -> bool:
        """Say whether its reader is told a line of the change log."""
        return line.item in self.addresses or (line.work in self.works and line.at <= self.until)


NOTHING = EditionNews(frozenset(), dt.datetime.min.replace(tzinfo=dt.UTC), {})


def news_of(edition: Edition) -> Mapping[str, EditionNews]:
    """Return the news of an approved edition by language; read once, since it never changes."""
    return _news_of(edition.pk, edition.approved_at or edition.created_at)


@functools.lru_cache(maxsize=64)
def _news_of(edition: int, until: dt.datetime) -> Mapping[str, EditionNews]:
    pages = EditionPage.objects.filter(edition=edition).exclude(approved=None)
    contents = [Content.from_json(page.approved) for page in pages]
    corrections = _corrections(contents, until)
    return {
        content.language: EditionNews(
            frozenset(item.work for item in content.items), until, _addresses(content, corrections)
        )
        for content in contents
    }


def _addresses(
    content: Content, corrections: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for item in content.items:
        once = {alert_news.item_of(item.work, kind, 0) for kind in alert_news.ONCE}
        names = {News.NEW: once, News.CORRECTED: corrections.get(item.work, frozenset())}
        for name in names.get(News(item.news or News.NEW), ()):
            found[name] = found.get(name, frozenset()) | {item.url}
    return found


def _corrections(contents: Iterable[Content], until: dt.datetime) -> dict[str, frozenset[str]]:
    """Return per corrected work the names of its newest correction in each language.

    A correction of last year is another one.
    """
    works = {i.work for content in contents for i in content.items if i.news == News.CORRECTED}
    if not works:
        return {}
    lines = Announcement.objects.filter(
        kind=AnnouncementKind.CORRECTED, page__translation_key__in=works, at__lte=until
    )
    newest: dict[str, dict[int, str]] = {}
    for line in lines.select_related("page").order_by("at", "pk"):
        work = str(line.page.translation_key)
        name = alert_news.item_of(work, line.kind, line.pk, line.about)
        newest.setdefault(work, {})[line.page_id] = name
    return {work: frozenset(names.values()) for work, names in newest.items()}


@dataclass(slots=True)
class Heard:
    """What editions told one person: `sent` ones for certain, `pending` ones perhaps not."""

    sent: list[EditionNews] = field(default_factory=list)
    pending: list[EditionNews] = field(default_factory=list)


def heard_by(participant: int, at: dt.datetime) -> Heard:
    """Return what editions told a person, or are about to, in one query and what is remembered."""
    rows = (
        Delivery.objects.filter(participant=participant, mail__isnull=False)
        .filter(edition__approved_at__gte=at - REMEMBERED)
        .exclude(state__in=NOT_TOLD)
        .select_related("edition")
        .values_list("edition_id", "edition__approved_at", "mail__language", "state")
    )
    heard = Heard()
    for edition, approved_at, language, state in rows:
        news = _news_of(edition, approved_at).get(language, NOTHING)
        (heard.pending if state in OPEN else heard.sent).append(news)
    return heard


def told_by_alerts(edition: Edition, people: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return per person the addresses of news in an edition that an alert told them.

    People who were told nothing of it are left out. One query; none for an edition
    without news, or of whose news nobody was told anything when its deliveries were made.
    """
    addresses = _all_addresses(edition)
    if not addresses or not _anybody_told(edition):
        return {}
    rows = Told.objects.filter(participant__in=list(people), item__in=list(addresses))
    found: dict[int, set[str]] = {}
    for person, item in rows.values_list("participant_id", "item"):
        found.setdefault(person, set()).update(addresses[item])
    return {person: frozenset(left_out) for person, left_out in found.items()}


def _all_addresses(edition: Edition) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for news in news_of(edition).values():
        for name, urls in news.addresses.items():
            found[name] = found.get(name, frozenset()) | urls
    return found


def _anybody_told(edition: Edition) -> bool:
    """Say whether an alert told anybody anything of an edition.

    Asked once: from when there is a row for everybody, alerts leave out what is in it.
    """
    if edition.queued_at is None:
        return Told.objects.filter(item__in=list(_all_addresses(edition))).exists()
    return _anybody_told_of(edition.pk, edition.queued_at, tuple(sorted(_all_addresses(edition))))


@functools.lru_cache(maxsize=64)
def _anybody_told_of(edition: int, queued_at: dt.datetime, items: tuple[str, ...]) -> bool:
    # Which edition, and since when, is there for the cache: made again it is another.
    return Told.objects.filter(item__in=items).exists()


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
