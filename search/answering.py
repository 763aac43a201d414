"""Answering a question: the one way for the results page, the API and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from core.querysets import visible
from search.engines import get_engine
from search.engines.base import Hit, Results, SearchRequest
from search.highlight import Marker
from search.keys import page_id_of
from search.kinds import kind_weights
from search.parameters import Question
from search.plan import Plan, plan, splitter_of
from search.query import ParsedQuery, parse
from search.suggest import correction
from search.synonyms import read_thesaurus
from search.thesaurus import Synonym

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `total` counts works; `hits` are those of this page, all live now.

    `corrected` is the question that was answered when the typed one held words that the
    library does not; `did_you_mean` is a question we only suggest. Both may be empty.
    """

    question: Question
    results: Results
    hits: Sequence[Hit]
    total: int
    marker: Marker
    read_as: ParsedQuery
    corrected: str = ""
    did_you_mean: str = ""

    @property
    def synonyms(self) -> tuple[Synonym, ...]:
        """Return the other words that were looked for."""
        return self.marker.plan.synonyms


def answer(question: Question, language: str, page_size: int = PAGE_SIZE) -> Answer:
    """Answer a question for a reader of a language. Raises SearchUnavailable.

    The index follows the pages by a few moments; what was unpublished or closed
    in between is left out here.
    """
    if not question.query:
        return Answer(question, Results(), [], 0, Marker(Plan()), question.query)
    engine = get_engine()
    meant = correction(question.query, language, engine)
    fixed = parse(meant.text) if meant and not question.exact else None
    asked = fixed if meant and meant.sure and fixed else question.query
    made, results = _search(question, asked, language, page_size)
    if not results.total and fixed and fixed is not asked and not question.filters:
        asked = fixed
        made, results = _search(question, asked, language, page_size)
    hits = _still_visible(results.hits)
    return Answer(
        question,
        results,
        hits,
        results.total - (len(results.hits) - len(hits)),
        Marker(made, splitter_of(engine)),
        asked,
        corrected=asked.text if asked is fixed else "",
        did_you_mean=meant.text if meant and asked is not fixed else "",
    )


def _search(
    question: Question, asked: ParsedQuery, language: str, page_size: int
) -> tuple[Plan, Results]:
    """Look a question up, with the words that editors gave beside it unless it is exact."""
    engine = get_engine()
    thesaurus = None if question.exact else read_thesaurus()
    made = plan(asked, language, engine, thesaurus)
    if not made:
        return made, Results()
    request = SearchRequest(
        plan=made,
        filters=question.filters,
        sort=question.sort,
        page=question.page,
        page_size=page_size,
        language=language,
        kind_weights=kind_weights(),
    )
    return made, engine.search(request)


def _still_visible(hits: Sequence[Hit]) -> list[Hit]:
    ids = {hit.key: page_id_of(hit.key) for hit in hits}
    if not ids:
        return []
    found = visible(Page.objects.filter(pk__in=[pk for pk in ids.values() if pk]))
    open_pages = set(found.values_list("pk", flat=True))
    return [hit for hit in hits if ids[hit.key] in open_pages]
