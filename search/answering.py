"""Answering a question: the one way for the results page, the API and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from core.querysets import visible
from search.engines import get_engine
from search.engines.base import Hit, Results, SearchRequest
from search.highlight import Marker
from search.indexing import page_id_of
from search.kinds import kind_weights
from search.parameters import Question
from search.plan import plan

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `total` counts works; `hits` are those of this page, all live now."""

    question: Question
    results: Results
    hits: Sequence[Hit]
    total: int
    marker: Marker


def answer(question: Question, language: str, page_size: int = PAGE_SIZE) -> Answer:
    """Answer a question for a reader of a language. Raises SearchUnavailable.

    The index follows the pages by a few moments; what was unpublished or closed
    in between is left out here.
    """
    made = plan(question.query, language)
    results = Results()
    if made:
        results = get_engine().search(
            SearchRequest(
                plan=made,
                filters=question.filters,
                sort=question.sort,
                page=question.page,
                page_size=page_size,
                language=language,
                kind_weights=kind_weights(),
            )
        )
    hits = _still_visible(results.hits)
    total = results.total - (len(results.hits) - len(hits))
    return Answer(question, results, hits, total, Marker(made))


def _still_visible(hits: Sequence[Hit]) -> list[Hit]:
    ids = {hit.key: page_id_of(hit.key) for hit in hits}
    if not ids:
        return []
    found = visible(Page.objects.filter(pk__in=[pk for pk in ids.values() if pk]))
    open_pages = set(found.values_list("pk", flat=True))
    return [hit for hit in hits if ids[hit.key] in open_pages]
