"""What somebody may be about to ask, while the question is still being typed.

Suggestions come from the words of the index, the themes and the titles of pages, grouped
by kind. Choosing a word or a theme asks a question; choosing a title opens the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from core.models import Theme
from core.querysets import visible
from search.analysis import forms, is_stopword, word_form, words
from search.engines import get_engine
from search.engines.base import TitleMatch
from search.keys import page_id_of
from search.kinds import kind_labels, kind_weights
from search.query import parse

SHORTEST = 2
"""Letters of the last word before anything is suggested."""

MOST_WORDS, MOST_THEMES, MOST_TITLES, MOST_OF_A_KIND = 3, 2, 6, 4
_TITLES_READ = 24


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to choose. In `pieces` and `note` every second piece is what was typed.

    `note` says by which other word a theme was found; it may be empty.
    """

    pieces: Sequence[str]
    url: str
    language: str
    note: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The suggestion without marks."""
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions of one kind: `search`, `theme`, or a kind of page."""

    kind: str
    label: str
    items: Sequence[Suggestion] = field(default_factory=list)


def suggest(typed: str, language: str) -> list[Group]:
    """Return suggestions for a reader of a language, which must be active.

    Nothing when too little was typed. Raises SearchUnavailable.
    """
    query = parse(typed)
    beginnings = forms(" ".join(query.words))
    if not beginnings or max(map(len, beginnings)) < SHORTEST:
        return []
    asked = _telling(beginnings, language)
    found = get_engine().complete(asked, language, _TITLES_READ)
    goes_on = not typed[-1:].isspace() and not query.excluded
    completed = [word for word, _tag in found.words] if goes_on else []
    groups = [
        Group("search", _("Search for"), list(_questions(query.text, completed, language))),
        Group("theme", _("Themes"), list(_themes(asked, language))),
        *_pages(found.titles, asked),
    ]
    return [group for group in groups if group.items]


def pieces(text: str, beginnings: Iterable[str]) -> list[str]:
    """Return a text cut where it holds what was typed: every second piece is that.

    Where a word begins with it; only when none does, inside the words (a part of a compound).
    """
    tokens = [(token.start, text[token.start : token.end]) for token in words(text)]
    places: list[tuple[int, int]] = []
    for beginning in beginnings:
        found = [_span(*token, 0, beginning) for token in tokens if _at(token[1], beginning) == 0]
        if not found:
            inside = ((token, _at(token[1], beginning)) for token in tokens)
            found = [_span(*token, place, beginning) for token, place in inside if place > 0]
        places += found
    cut, at = [], 0
    for start, end in sorted(places, key=lambda span: (span[0], -span[1])):
        if start >= at:
            cut += [text[at:start], text[start:end]]
            at = end
    return [*cut, text[at:]]


def _at(word: str, beginning: str) -> int:
    return word_form(word).find(beginning)


def _span(start: int, word: str, place: int, beginning: str) -> tuple[int, int]:
    """Return where to mark. A word whose letters change when it is folded is taken whole."""
    if len(word_form(word)) != len(word):
        return start, start + len(word)
    return start + place, start + place + len(beginning)


def _telling(beginnings: Sequence[str], language: str) -> list[str]:
    """Leave out small words, but not the last one: it may be the beginning of another."""
    *before, last = beginnings
    return [word for word in before if not is_stopword(word, language)] + [last]


def _questions(typed: str, completed: Iterable[str], language: str) -> Iterator[Suggestion]:
    """Yield the question as it stands, and with its last word completed."""
    yield Suggestion(["", typed], _search_url(typed), language)
    *_before, last = words(typed)
    for word in list(completed)[:MOST_WORDS]:
        text = typed[: last.start] + word
        yield Suggestion(pieces(text, [*forms(typed)]), _search_url(text), language)


def _themes(asked: Sequence[str], language: str) -> Iterator[Suggestion]:
    """Yield the themes whose label, or another word for it, holds all that was typed."""
    rows = Theme.objects.filter(locale__language_code=language).order_by("label")
    found = [(theme.label, _first_with(asked, [theme.label, *theme.words])) for theme in rows]
    named = [(label, word) for label, word in found if word]
    named.sort(key=lambda pair: pair[0] != pair[1])
    for label, word in named[:MOST_THEMES]:
        note = [] if word == label else pieces(word, asked)
        yield Suggestion(pieces(label, asked), _search_url(label), language, note)


def _first_with(asked: Sequence[str], texts: Iterable[str]) -> str:
    for text in texts:
        written = forms(text)
        if all(any(form.startswith(word) for form in written) for word in asked):
            return text
    return ""


def _pages(titles: Sequence[TitleMatch], asked: Sequence[str]) -> list[Group]:
    """Return the titles by kind, weightiest kind first, of pages that are open now."""
    ids = {title.key: page_id_of(title.key) for title in titles}
    pages = visible(Page.objects.filter(pk__in=[pk for pk in ids.values() if pk]))
    open_pages = set(pages.values_list("pk", flat=True)) if ids else set()
    labels, weights = kind_labels(), kind_weights()
    by_kind: dict[str, list[TitleMatch]] = {}
    for title in titles:
        if ids[title.key] in open_pages:
            by_kind.setdefault(title.kind, []).append(title)
    groups: list[Group] = []
    room = MOST_TITLES
    for kind in sorted(by_kind, key=lambda kind: -weights.get(kind, 1.0)):
        others = len(by_kind) - len(groups) - 1  # each of which gets a place, if there is one
        shown = by_kind[kind][: max(min(MOST_OF_A_KIND, room - others), min(room, 1))]
        room -= len(shown)
        items = [Suggestion(pieces(t.title, asked), t.url, t.language) for t in shown]
        groups.append(Group(kind, labels.get(kind, kind), items))
    return groups


def _search_url(text: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': text})}"
