"""Ways on from a question that found nothing: what to leave out, and what that gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from search.analysis import is_stopword
from search.answering import Answer
from search.engines import get_engine
from search.engines.base import Engine, SearchRequest, SearchUnavailable
from search.plan import plan
from search.promoting import runs_on
from search.promotions import PromotedView, promotions, views_of
from search.query import ParsedQuery, parse

MOST_WORDS = 6
MOST_POPULAR = 4


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another question, without filters: what it is, its text, and how many works it gives."""

    label: str
    query: str
    count: int


def ways_on(found: Answer, language: str) -> list[WayOn]:
    """Return what to leave out of a question that found nothing, with what is left.

    First the question without its filters, its exclusions or its quotation marks, where
    that finds something; then each of its words alone, also those that nothing holds.
    Empty when search went away meanwhile.
    """
    engine = get_engine()
    try:
        return [*_less(found, engine, language), *_words(found.read_as, engine, language)]
    except SearchUnavailable:
        return []


def popular(language: str) -> list[PromotedView]:
    """Return pages that editors promote now, whatever for: a place to begin."""
    today = timezone.localdate()
    try:
        running = [one for one in promotions.get() if runs_on(today, one.from_day, one.until_day)]
    except SearchUnavailable:
        return []
    first_of_work = {one.work: one for one in reversed(running)}
    return views_of(list(first_of_work.values())[::-1][:MOST_POPULAR], language)


def _less(found: Answer, engine: Engine, language: str) -> Iterator[WayOn]:
    asked = found.read_as
    tried = []
    if found.question.filters:
        tried.append((_("without the filters"), asked))
    if asked.excluded:
        tried.append((_("without leaving words out"), replace(asked, excluded=())))
    if asked.phrases:
        tried.append((_("without quotation marks"), asked.unquoted()))
    for label, query in tried:
        if count := _count(query, engine, language):
            yield WayOn(label, _text(query), count)


def _words(asked: ParsedQuery, engine: Engine, language: str) -> Iterator[WayOn]:
    """Yield each word alone, when there are several; small words only when nothing else is."""
    every = list(dict.fromkeys(asked.words))
    words = [word for word in every if not is_stopword(word, language)] or every
    if len(words) < 2:
        return
    for word in words[:MOST_WORDS]:
        yield WayOn(
            _("only “%(word)s”") % {"word": word}, word, _count(parse(word), engine, language)
        )


def _count(query: ParsedQuery, engine: Engine, language: str) -> int:
    made = plan(query, language, engine)
    if not made:
        return 0
    return engine.search(SearchRequest(made, language=language, page_size=1)).total


def _text(query: ParsedQuery) -> str:
    """Return a question as somebody would type it."""
    phrases = [f'"{" ".join(phrase)}"' for phrase in query.phrases]
    excluded = [f'-"{" ".join(words)}"' for words in query.excluded]
    return " ".join([*query.loose, *phrases, *excluded])
