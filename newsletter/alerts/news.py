"""What is new on the site: the lines of the change log, each with a name of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from core.languages import language_of
from core.models import Announcement, AnnouncementKind
from core.models.theme import PageTheme

MOST = 2_000
"""Lines of the change log that are looked at together; the newest, when there are more."""


@dataclass(frozen=True, slots=True)
class News:
    """One line of the change log about a page that every visitor can open.

    `work` is shared by the translations of a page, so that news of one is not told again
    for the other; `item` is what somebody is told once.
    """

    item: str
    work: str
    page_id: int
    language: str
    kind: str
    note: str
    at: dt.datetime
    themes: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What happened, in the active language: "Corrected"."""
        return str(AnnouncementKind(self.kind).label)


def news_since(moment: dt.datetime) -> list[News]:
    """Return what was announced at or after a moment, oldest first, in two queries."""
    lines = list(
        Announcement.objects.public()
        .since(moment)
        .exclude(kind=AnnouncementKind.WITHDRAWN)
        .select_related("page")
        .order_by("-at", "-pk")[:MOST]
    )
    themes = _themes({line.page_id for line in lines})
    return [_news(line, themes.get(line.page_id, frozenset())) for line in reversed(lines)]


ONCE = (AnnouncementKind.NEW, AnnouncementKind.RELEASED)
"""What happens to a work once, in whatever language."""


def item_of(work: object, kind: str, announcement: int, about: UUID | None = None) -> str:
    """Return the name of a piece of news: a work is new once, but may be corrected often.

    A correction that names what it is `about` is the same in every language.
    """
    if kind in ONCE:
        return f"{work}:{kind}"
    return f"{work}:{about.hex if about else announcement}"


def _news(line: Announcement, themes: frozenset[str]) -> News:
    work = str(line.page.translation_key)
    return News(
        item=item_of(work, line.kind, line.pk, line.about),
        work=work,
        page_id=line.page_id,
        language=language_of(line.page.locale_id),
        kind=line.kind,
        note=line.note,
        at=line.at,
        themes=themes,
    )


def _themes(pages: set[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = PageTheme.objects.filter(page__in=pages).values_list("page_id", "theme__slug")
    for page_id, slug in rows:
        found.setdefault(page_id, set()).add(slug)
    return {page_id: frozenset(slugs) for page_id, slugs in found.items()}
