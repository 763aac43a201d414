"""Asking an engine, and asking it otherwise when it finds nothing.

The one way from a question to results, for the site and for the benchmarks: misspelt words
are mended where the match is sure, or where nothing else is found; quotation marks are let
go only when nothing holds their words in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from search.engines.base import Engine, Results, SearchRequest
from search.plan import Plan, plan
from search.query import ParsedQuery, parse
from search.suggest import Correction, correction
from search.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked in the end, and what it found.

    `corrected` is the question that was answered when the typed one held words that the
    library does not, with `mended` those words and what they became; `did_you_mean` is a
    question we only suggest. `unquoted` says that nothing holds the words in quotation
    marks in that order, so that they were looked for as loose words.
    """

    query: ParsedQuery
    plan: Plan = field(default_factory=Plan)
    results: Results = field(default_factory=Results)
    corrected: str = ""
    did_you_mean: str = ""
    mended: Mapping[str, str] = field(default_factory=dict)
    unquoted: bool = False


def ask(
    engine: Engine,
    query: ParsedQuery,
    request: SearchRequest,
    thesaurus: Thesaurus | None = None,
    *,
    exact: bool = False,
) -> Asked:
    """Answer a question; `request` is how, its plan is made here. Raises SearchUnavailable.

    `exact` asks for the typed words only: no other words, nothing mended or let go.
    """
    meant = correction(query, request.language, engine)
    attempts = _attempts(query, meant, exact=exact)
    tried = (
        _search(engine, attempt, request, None if exact else thesaurus) for attempt in attempts
    )
    first = next(tried)
    found = next((one for one in chain([first], tried) if _finds(engine, one, request)), first)
    if meant is None:
        return found
    if found.query.text != meant.text:
        return replace(found, did_you_mean=meant.text)
    return replace(found, corrected=meant.text, mended=meant.words)


def _attempts(
    query: ParsedQuery, meant: Correction | None, *, exact: bool
) -> Iterator[tuple[ParsedQuery, bool]]:
    """Yield what to ask in turn, and whether its quotation marks were let go."""
    fixed = parse(meant.text) if meant else query
    if exact or meant is None or not meant.sure:
        yield query, False
    if exact:
        return
    if meant:
        yield fixed, False
    if query.phrases:
        yield fixed.unquoted(), True


def _search(
    engine: Engine,
    attempt: tuple[ParsedQuery, bool],
    request: SearchRequest,
    thesaurus: Thesaurus | None,
) -> Asked:
    query, unquoted = attempt
    made = plan(query, request.language, engine, thesaurus)
    results = engine.search(replace(request, plan=made)) if made else Results()
    return Asked(query, made, results, unquoted=unquoted)


def _finds(engine: Engine, asked: Asked, request: SearchRequest) -> bool:
    """Say whether a question finds anything, were it not for the filters."""
    if asked.results.total or not asked.plan or not request.filters:
        return bool(asked.results.total)
    anywhere = SearchRequest(asked.plan, language=request.language, page_size=1)
    return bool(engine.search(anywhere).total)
