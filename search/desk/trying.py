"""Asking the live index as it would answer after a change that is not saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from search.answering import PAGE_SIZE, Answer, answer
from search.desk.comparison import Comparison, Item, compare
from search.engines import get_engine
from search.engines.base import Filters
from search.models import Promotion, SynonymSet
from search.parameters import Question
from search.plan import splitter_of
from search.promoting import Promoted
from search.promotions import (
    as_promoted,
    called_by,
    read_promotions,
    views_of,
    without_promoted,
)
from search.query import parse
from search.synonyms import build_thesaurus, read_thesaurus
from search.thesaurus import Thesaurus

MOST_QUESTIONS = 4
"""Words of a form that are tried when the editor asks for nothing in particular."""

Asked = tuple[str, str]
"""A question and the language of who asks it."""

Found = tuple[Sequence[Item], int]


def with_synonyms(changed: SynonymSet, asked: Sequence[Asked]) -> list[Comparison]:
    """Compare what questions find now with what they find with a set as it is in a form.

    Raises SearchUnavailable.
    """
    now, then = read_thesaurus(), build_thesaurus(changed)
    promoted = read_promotions()
    return _compared(
        asked or [(term.text, term.language) for term in changed.terms.all()],
        lambda one: _find(one, now, promoted),
        lambda one: _find(one, then, promoted),
    )


def with_promotion(changed: Promotion, asked: Sequence[Asked]) -> list[Comparison]:
    """Compare what questions show now with what they show with a promotion as it is in a form.

    Raises SearchUnavailable.
    """
    thesaurus, promoted = read_thesaurus(), read_promotions()
    others = tuple(row for row in promoted if row.pk != changed.pk)
    then = (*others, as_promoted(changed, splitter_of(get_engine())))
    return _compared(
        asked or [(line, changed.language) for line in changed.lines],
        lambda one: _find(one, thesaurus, promoted),
        lambda one: _find(one, thesaurus, then),
    )


def _compared(
    asked: Sequence[Asked], now: Callable[[Asked], Found], then: Callable[[Asked], Found]
) -> list[Comparison]:
    different = list(dict.fromkeys(asked))[:MOST_QUESTIONS]
    return [compare(*one, now(one), then(one)) for one in different]


def _find(asked: Asked, thesaurus: Thesaurus, promoted: Sequence[Promoted]) -> Found:
    """Return what a reader would see: promoted pages first, and how many results there are."""
    text, language = asked
    question = Question(parse(text), Filters(), "relevance", 1, {})
    found = answer(question, language, PAGE_SIZE, thesaurus)
    return list(_items(found, promoted, language)), found.total


def _items(found: Answer, known: Sequence[Promoted], language: str) -> Iterator[Item]:
    views = views_of(called_by(found, known), language)
    for view in views:
        yield Item(view.work, view.card.title, view.card.url, view.card.language, promoted=True)
    for hit in without_promoted(found.hits, views):
        yield Item(hit.work, hit.title, hit.url, hit.language)
