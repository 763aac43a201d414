"""Answering a question: the one way for the results page, the API and the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wagtail.models import Page

from core.querysets import visible
from search.asking import ask
from search.engines import get_engine
from search.engines.base import PASSAGES_PER_HIT, Filters, Hit, Results, SearchRequest
from search.highlight import Marker
from search.keys import page_id_of
from search.kinds import kind_weights
from search.parameters import Question
from search.plan import Plan, splitter_of
from search.query import ParsedQuery
from search.synonyms import read_thesaurus
from search.thesaurus import Synonym, Thesaurus
from search.within import MOST_PLACES, Within, read_within

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `total` counts works; `hits` are those of this page, all live now.

    `corrected` is the question that was answered when the typed one held words that the
    library does not; `did_you_mean` is a question we only suggest. Both may be empty.
    `unquoted` says that nothing holds the words in quotation marks in that order, so that
    they were looked for as loose words. `mended` maps misspelt words to what was looked for;
    `within` is the one page that was searched in.
    """

    question: Question
    results: Results
    hits: Sequence[Hit]
    total: int
    marker: Marker
    read_as: ParsedQuery
    corrected: str = ""
    did_you_mean: str = ""
    unquoted: bool = False
    mended: Mapping[str, str] = field(default_factory=dict)
    within: Within | None = None

    @property
    def synonyms(self) -> tuple[Synonym, ...]:
        """Return the other words that were looked for."""
        return self.marker.plan.synonyms


def answer(
    question: Question,
    language: str,
    page_size: int = PAGE_SIZE,
    thesaurus: Thesaurus | None = None,
) -> Answer:
    """Answer a question for a reader of a language. Raises SearchUnavailable.

    The index follows the pages by a few moments; what was unpublished or closed
    in between is left out here. `thesaurus` replaces the one of the site, to try it out.
    """
    within = read_within(question.within) if question.within else None
    if not question.query:
        return Answer(question, Results(), [], 0, Marker(Plan()), question.query, within=within)
    engine = get_engine()
    request = SearchRequest(
        plan=Plan(),
        filters=Filters() if within else question.filters,
        sort=question.sort,
        page=question.page,
        page_size=page_size,
        language=language,
        kind_weights=kind_weights(),
        within=within.work if within else "",
        passages=MOST_PLACES if within else PASSAGES_PER_HIT,
    )
    if thesaurus is None and not question.exact:
        thesaurus = read_thesaurus()
    asked = ask(engine, question.query, request, thesaurus, exact=question.exact)
    hits = _still_visible(asked.results.hits)
    return Answer(
        question,
        asked.results,
        hits,
        asked.results.total - (len(asked.results.hits) - len(hits)),
        Marker(asked.plan, splitter_of(engine)),
        asked.query,
        asked.corrected,
        asked.did_you_mean,
        asked.unquoted,
        asked.mended if asked.corrected else {},
        within,
    )


def _still_visible(hits: Sequence[Hit]) -> list[Hit]:
    ids = {hit.key: page_id_of(hit.key) for hit in hits}
    if not ids:
        return []
    found = visible(Page.objects.filter(pk__in=[pk for pk in ids.values() if pk]))
    open_pages = set(found.values_list("pk", flat=True))
    return [hit for hit in hits if ids[hit.key] in open_pages]
