"""What is new since the last edition: read from the change log, in groups, each work once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from wagtail.models import Page

from core.contracts import Card
from core.languages import language_of
from core.models import Announcement, AnnouncementKind
from core.querysets import visible
from newsletter.blocks import News
from newsletter.enums import EditionState
from newsletter.models import Edition

FIRST_LOOKS_BACK = dt.timedelta(days=60)
"""How far the very first edition looks back; what is older is no news."""

GROUPS = {
    "research": gettext_noop("New research"),
    "release": gettext_noop("Toolkit"),
    "episode": gettext_noop("Podcast"),
    "meeting": gettext_noop("Meetings ahead"),
}
"""The heading of each kind of card, in the order of an edition; other kinds come after
these, under the name their own cards have."""
TOGETHER = {"podcast": "episode", "toolkit": "release"}
"""Kinds that stand under the heading of another: a series with its episodes."""
MENDED = gettext_noop("Corrected")
AHEAD = "meeting"
"""The kind of card whose date lies ahead; what is over is left out."""

_NEWS = {
    AnnouncementKind.NEW: News.NEW,
    AnnouncementKind.RELEASED: News.NEW,
    AnnouncementKind.CORRECTED: News.CORRECTED,
    AnnouncementKind.WITHDRAWN: News.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One work that is news, with its public pages by language."""

    work: UUID
    news: News
    note: str
    at: dt.datetime
    pages: dict[str, Any]
    cards: dict[str, Card]

    def page_in(self, language: str) -> Any:
        """Return the page in a language, or else one that a reader can open anyway."""
        return self.pages.get(language) or next(iter(self.pages.values()))

    def card_in(self, language: str) -> Card:
        """Return the card of that page."""
        return self.cards.get(language) or next(iter(self.cards.values()))

    @property
    def title(self) -> str:
        """The title, in Dutch where there is a Dutch page."""
        return str(self.page_in("nl").title)

    @property
    def kind(self) -> str:
        """The kind of its card."""
        return self.card_in("nl").kind


def since(edition: Edition | None = None) -> dt.datetime:
    """Return from when an edition collects: where the one before it ended.

    An edition that is still a draft took nothing yet, so it does not count.
    """
    earlier = Edition.objects.exclude(state=EditionState.DRAFT).filter(cutoff__isnull=False)
    if edition is not None:
        earlier = earlier.filter(created_at__lt=edition.created_at)
    last = earlier.order_by("-cutoff").values_list("cutoff", flat=True).first()
    return last or timezone.now() - FIRST_LOOKS_BACK


def told_between(start: dt.datetime, end: dt.datetime) -> list[Told]:
    """Return what was announced in `start` <= moment < `end`, each work once, oldest first.

    A work counts as one in all its languages. What was news before is not news again
    because a translation followed; a work that is new and corrected is only new, and one
    that was withdrawn is only that.
    """
    rows = (
        Announcement.objects.public()
        .since(start)
        .filter(at__lt=end)
        .select_related("page")
        .order_by("at", "pk")
    )
    by_work: dict[UUID, list[Announcement]] = {}
    for row in rows:
        by_work.setdefault(row.page.translation_key, []).append(row)
    before = _told_before(start, by_work)
    pages = _pages_of(by_work)
    found = [
        _told(work, [line for line in lines if not _is_known(line, before)], pages)
        for work, lines in by_work.items()
    ]
    return [one for one in found if one is not None and not _is_over(one)]


def grouped(news: Iterable[Told], language: str) -> list[tuple[str, list[Told]]]:
    """Return news under its headings in a language, in the order of an edition."""
    groups: dict[str, list[Told]] = {kind: [] for kind in GROUPS}
    mended: list[Told] = []
    for one in news:
        if one.news != News.NEW:
            mended.append(one)
        else:
            groups.setdefault(TOGETHER.get(one.kind, one.kind), []).append(one)
    with translation.override(language):
        named = [(_heading(kind, rows, language), rows) for kind, rows in groups.items() if rows]
        return [*named, (gettext(MENDED), mended)] if mended else named


def _heading(kind: str, rows: list[Told], language: str) -> str:
    if kind in GROUPS:
        return gettext(GROUPS[kind])
    return str(rows[0].card_in(language).kind_label)


def _is_known(line: Announcement, before: set[tuple[UUID, str, int]]) -> bool:
    """Say whether this was news before: the same work, told in this or another language.

    One page may be released again; the same release in another language is no news.
    """
    return any(
        work == line.page.translation_key
        and kind == line.kind
        and (kind == AnnouncementKind.NEW or page_id != line.page_id)
        for work, kind, page_id in before
    )


def _told_before(start: dt.datetime, works: Iterable[UUID]) -> set[tuple[UUID, str, int]]:
    before = Announcement.objects.filter(
        kind__in=(AnnouncementKind.NEW, AnnouncementKind.RELEASED),
        page__translation_key__in=works,
        at__lt=start,
    )
    return set(before.values_list("page__translation_key", "kind", "page_id"))


def _pages_of(works: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    pages: dict[UUID, dict[str, Any]] = {}
    found = visible(Page.objects.filter(translation_key__in=works, alias_of=None))
    for page in found.order_by("locale_id").specific():
        pages.setdefault(page.translation_key, {})[language_of(page.locale_id)] = page
    return pages


def _told(work: UUID, lines: list[Announcement], pages: dict[UUID, dict[str, Any]]) -> Told | None:
    news = {_NEWS[AnnouncementKind(line.kind)] for line in lines}
    if work not in pages or not news:
        return None
    what = next(one for one in (News.WITHDRAWN, News.NEW, News.CORRECTED) if one in news)
    line = [one for one in lines if _NEWS[AnnouncementKind(one.kind)] == what][-1]
    note = line.note if what != News.NEW else ""
    cards = {language: page.card for language, page in pages[work].items()}
    return Told(work, what, note, line.at, pages[work], cards)


def _is_over(one: Told) -> bool:
    card = one.card_in("nl")
    return bool(card.kind == AHEAD and card.date and card.date < timezone.localdate())
