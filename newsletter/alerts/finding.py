"""Which news belongs to a followed thing, and what to say of it."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString

from wagtail.models import Page

from newsletter.alerts.news import News
from newsletter.alerts.subjects import Subject
from newsletter.markup import WIDTH
from search.answering import Answer, answer
from search.engines.base import Hit
from search.keys import page_id_of
from search.parameters import read_question
from search.presentation import Names, read_names

PAGE_SIZE = 40
MOST_PAGES = 10
"""Pages of results that are read: what is newest stands first, so news beyond is rare."""


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of news about a followed thing, ready to be mailed.

    `lines` are those of the change log it stands for. `excerpt` has the matches
    marked; `place` and `place_url` are where it stands ("p. 7") when it is a place.
    """

    lines: tuple[News, ...]
    title: str
    url: str
    language: str
    kind: str
    note: str = ""
    excerpt: SafeString = SafeString()
    place: str = ""
    place_url: str = ""

    @property
    def at(self) -> dt.datetime:
        """When the newest of it was announced."""
        return max(line.at for line in self.lines)

    @property
    def plain(self) -> str:
        """The excerpt as plain text."""
        return " ".join(unescape(strip_tags(self.excerpt)).split())

    @property
    def paragraph(self) -> str:
        """The same with its place, in the lines of a plain mail."""
        text = f"{self.place}: {self.plain}" if self.place and self.plain else self.plain
        return _lines(text, "  ")

    @property
    def heading(self) -> str:
        """Title and kind, in the lines of a plain mail."""
        return _lines(f"{self.title} ({self.kind})", "* ")

    @property
    def marked(self) -> SafeString:
        """The excerpt with the matches in bold: mail programs do not know `mark`."""
        return SafeString(self.excerpt.replace("<mark>", "<b>").replace("</mark>", "</b>"))

    @property
    def items(self) -> frozenset[str]:
        """The names of the pieces of news it tells."""
        return frozenset(line.item for line in self.lines)


def find(subject: Subject, news: Sequence[News], most: int | None = None) -> list[Found]:
    """Return the news that belongs to a followed thing, newest first. Raises SearchUnavailable.

    Of a theme at most so many works, the newest.
    """
    if not news:
        return []
    with translation.override(subject.language):
        found = _in_search(subject, news) if subject.question else _on_themes(subject, news, most)
        return sorted(found, key=lambda one: (one.at, one.url), reverse=True)


def _in_search(subject: Subject, news: Sequence[News]) -> Iterator[Found]:
    names = read_names()
    lines = _by_page(news)
    for given, hit in _newest_hits(subject, min(one.at for one in news), names):
        page_id = page_id_of(hit.key)
        if page_id in lines:
            yield _of_hit(hit, given, lines[page_id], names)


def _newest_hits(
    subject: Subject, since: dt.datetime, names: Names
) -> Iterator[tuple[Answer, Hit]]:
    """Yield what a search finds, newest first, until it is older than what is news."""
    first_day = timezone.localdate(since)
    asked = QueryDict(subject.query, mutable=True)
    asked["sort"] = "date"
    for number in range(1, MOST_PAGES + 1):
        asked["page"] = str(number)
        given = answer(read_question(asked, names.known()), subject.language, PAGE_SIZE)
        for hit in given.hits:
            yield given, hit
        last = given.results.hits[-1].date if given.results.hits else None
        if number >= given.results.pages or last is None or last < first_day:
            return


def _of_hit(hit: Hit, given: Answer, lines: Sequence[News], names: Names) -> Found:
    newest = max(lines, key=lambda line: line.at)
    # A passage without a name is no place a reader can go to: it holds the record and themes.
    best = next((passage for passage in hit.passages[:1] if passage.label), None)
    shown, language = (best.text, best.language) if best else (hit.summary, hit.language)
    return Found(
        lines=tuple(lines),
        title=hit.title,
        url=settings.BASE_URL + hit.url,
        language=hit.language,
        kind=_kind(names.kind.get(hit.kind, hit.kind), newest, hit.language),
        note=newest.note,
        excerpt=given.marker.snippet(shown, language),
        place=best.label if best else "",
        place_url=settings.BASE_URL + best.url if best else "",
    )


def _on_themes(subject: Subject, news: Sequence[News], most: int | None) -> Iterator[Found]:
    """Yield the news on all of the themes, of each work the page in the reader's language."""
    wanted = set(subject.themes)
    touching = [line for line in news if wanted <= line.themes]
    works: dict[str, dict[int, list[News]]] = {}
    for line in touching:
        works.setdefault(line.work, {}).setdefault(line.page_id, []).append(line)
    chosen = [_own_language(pages, subject.language) for pages in works.values()]
    chosen = sorted(chosen, key=lambda lines: lines[-1].at, reverse=True)[:most]
    pages = Page.objects.specific().in_bulk([lines[0].page_id for lines in chosen])
    for lines in chosen:
        if page := pages.get(lines[0].page_id):
            yield _of_page(page, lines)


def _own_language(pages: dict[int, list[News]], language: str) -> list[News]:
    return min(pages.values(), key=lambda lines: (lines[0].language != language, lines[0].at))


def _of_page(page: Page, lines: Sequence[News]) -> Found:
    newest = max(lines, key=lambda line: line.at)
    card = page.card
    return Found(
        lines=tuple(lines),
        title=card.title,
        url=settings.BASE_URL + card.url,
        language=card.language,
        kind=_kind(card.kind_label, newest, card.language),
        note=newest.note,
        excerpt=escape(card.lead),
    )


def _kind(label: str, newest: News, language: str) -> str:
    """Return what a piece of news is: "Study", or "Study, corrected, in Dutch"."""
    words = [label] if newest.kind == "new" else [label, newest.label.lower()]
    if language != translation.get_language():
        name = translation.gettext(translation.get_language_info(language)["name"])
        words.append(translation.gettext("in %(language)s") % {"language": name})
    return ", ".join(words)


def _lines(text: str, before: str) -> str:
    """Break text for a plain mail, after two characters on the first line."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _by_page(news: Iterable[News]) -> dict[int, list[News]]:
    found: dict[int, list[News]] = {}
    for line in news:
        found.setdefault(line.page_id, []).append(line)
    return found
