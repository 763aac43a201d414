"""From a plan to a question in the language of the cluster.

A row's score is the sum of what each term gives it. The cluster multiplies each term by its
own rarity, `log(1 + (size - rows + 0.5) / (rows + 0.5))`; we divide by the highest there can
be, so that scores of a large and a small language can be compared. A document's score is
its better half (its own row, or its best passage) and a part of the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis import is_stopword, term_of
from search.engines.base import Filters, SearchRequest
from search.engines.cluster.mapping import FACET_FIELDS, PLAIN_FACTOR, TAGS
from search.engines.cluster.tally import Tally
from search.plan import PAIR_WEIGHT, Instead, Plan, Reading
from search.weights import HOLDS_ALL, PHRASE, SECOND_PART

Query = dict[str, Any]

OWN_LANGUAGE = 1.000_001
"""Decides between equal scores only; a score has seven digits."""

_SMALL_WORD_RARITY = 0.2


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare terms of one language are."""

    tally: Tally
    language: str

    @property
    def size(self) -> int:
        """Return the number of rows."""
        return self.tally.sizes[self.language]

    @property
    def highest(self) -> float:
        """Return the rarity of what stands in one row only, as the cluster counts it."""
        return math.log1p((max(self.size, 1) - 0.5) / 1.5)

    def of(self, term: str) -> float:
        """Return the rarity of a term as the cluster counts it; 0 when no row holds it."""
        rows = min(self.tally.rows_of(term, self.language), self.size)
        return math.log1p((self.size - rows + 0.5) / (rows + 0.5)) if rows else 0.0

    def together(self, terms: Iterable[str]) -> float:
        """Return how rare it is that all terms stand in a row, as a share of the highest.

        The cluster does not say how many rows hold a phrase, as the embedded engine counts.
        We take the terms to have nothing to do with each other: their rarities add up.
        """
        return min(1.0, sum(map(self.of, terms)) / self.highest)


def rows_query(plan: Plan, tally: Tally) -> Query | None:
    """Return what scores a row; None when the library has nothing that could match."""
    clauses: list[Query] = []
    for tag, reading in plan.readings.items():
        rarity = Rarity(tally, tag)
        if rarity.size and reading.terms:
            clauses += _terms(reading, rarity)
            clauses += _pairs(reading, rarity)
            clauses += _concepts(reading, rarity)
            clauses += _phrases(plan.phrases, rarity)
    return _any(clauses) if clauses else None


def documents_query(rows: Query, request: SearchRequest, tally: Tally) -> Query:
    """Return what finds documents and scores them."""
    plan = request.plan
    best = {
        "dis_max": {
            "queries": [_nested(rows, own=True), _nested(rows, own=False)],
            "tie_breaker": SECOND_PART,
        }
    }
    found = {
        "bool": {
            "must": [best],
            "filter": [*map(_holds_phrase, plan.phrases), *_within(request)],
            "must_not": [_holds_excluded(words) for words in plan.excluded],
        }
    }
    functions = [{"filter": query, "weight": HOLDS_ALL} for query in _holds_all(plan, tally)]
    for kind, weight in request.kind_weights.items():
        functions.append({"filter": {"term": {"kind": kind}}, "weight": weight})
    if request.language:
        own = {"term": {"language": request.language}}
        functions.append({"filter": own, "weight": OWN_LANGUAGE})
    return {
        "function_score": {
            "query": found,
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def passages_query(rows: Query, **inner: Any) -> Query:
    """Return what finds the best passages of a document."""
    return _nested(rows, own=False, inner_hits=inner)


def _within(request: SearchRequest) -> Iterator[Query]:
    if request.within:
        yield {"term": {"work": request.within}}


def filter_queries(filters: Filters, *, but: str = "") -> list[Query]:
    """Return the filters that a reader chose, except those of one facet."""
    return [
        {"terms": {field: list(chosen)}}
        for facet, field in FACET_FIELDS.items()
        if facet != but and (chosen := getattr(filters, facet))
    ]


def _terms(reading: Reading, rarity: Rarity) -> Iterator[Query]:
    field = "exact" if reading.exact else "terms"
    for term, weight in reading.terms.items():
        yield _term(field, rarity.language, term, weight / rarity.highest)


def _pairs(reading: Reading, rarity: Rarity) -> Iterator[Query]:
    for pair in reading.pairs:
        if all(map(rarity.of, pair)):
            yield _row("terms", pair, PAIR_WEIGHT, rarity)


def _concepts(reading: Reading, rarity: Rarity) -> Iterator[Query]:
    """Yield what may stand instead; of one concept the best counts."""
    concepts: dict[str, list[Query]] = {}
    for instead in reading.instead:
        if all(map(rarity.of, instead.terms)):
            concepts.setdefault(instead.concept, []).append(_instead(instead, rarity))
    for queries in concepts.values():
        yield {"dis_max": {"queries": queries}}


def _instead(instead: Instead, rarity: Rarity) -> Query:
    # What stands for a common word is no better a sign than that word.
    rarest = max((rarity.of(term) for term in instead.holds), default=0.0) / rarity.highest
    share = min(rarity.together(instead.terms), rarest or 1.0)
    weight = instead.weight * share
    built_in = sum(map(rarity.of, instead.terms))
    if len(instead.terms) == 1:
        return _term("terms", rarity.language, instead.terms[0], weight / built_in)
    if instead.together:
        return _phrase("terms", rarity.language, instead.terms, weight / built_in)
    return {
        "bool": {
            "must": [
                _term("terms", rarity.language, term, weight / built_in) for term in instead.terms
            ]
        }
    }


def _phrases(phrases: Sequence[tuple[str, ...]], rarity: Rarity) -> Iterator[Query]:
    """Yield the phrases, so that the places that hold them come first."""
    for phrase in phrases:
        found = [rarity.of(term_of(word, rarity.language)) for word in phrase]
        built_in = sum(value or _SMALL_WORD_RARITY for value in found)
        yield _phrase("exact", rarity.language, phrase, PHRASE / built_in)


def _row(field: str, terms: tuple[str, ...], weight: float, rarity: Rarity) -> Query:
    built_in = sum(map(rarity.of, terms))
    return _phrase(field, rarity.language, terms, weight * rarity.together(terms) / built_in)


def _holds_all(plan: Plan, tally: Tally) -> Iterator[Query]:
    """Yield what holds all words of the question, in one language, wherever they stand."""
    complete = []
    for tag, reading in plan.readings.items():
        if tally.sizes[tag] and len(reading.terms) > 1:
            field = "exact" if reading.exact else "terms"
            held = [
                _nested(_any([_term(field, tag, term), *_standing_for(term, reading)]))
                for term in reading.terms
            ]
            complete.append({"bool": {"filter": held}})
    if complete:
        yield _any(complete)


def _standing_for(term: str, reading: Reading) -> Iterator[Query]:
    for instead in reading.instead:
        if term in instead.holds:
            if instead.together:
                yield _phrase("terms", reading.language, instead.terms)
            else:
                each = [_term("terms", reading.language, part) for part in instead.terms]
                yield {"bool": {"filter": each}}


def _holds_phrase(phrase: tuple[str, ...]) -> Query:
    return _nested(_any([_phrase("exact", tag, phrase) for tag in TAGS]))


def _holds_excluded(words: tuple[str, ...]) -> Query:
    if len(words) > 1:
        return _holds_phrase(words)
    word = words[0]
    found = [
        _term("exact", tag, word)
        if is_stopword(word, tag)
        else _term("whole", tag, term_of(word, tag))
        for tag in TAGS
    ]
    return _nested(_any(found))


def _term(field: str, tag: str, term: str, boost: float = 1.0) -> Query:
    value = {"value": term, "boost": boost * _scale(field)}
    return {"term": {f"rows.{field}_{tag}": value}}


def _phrase(field: str, tag: str, words: Sequence[str], boost: float = 1.0) -> Query:
    value = {"query": " ".join(words), "boost": boost * _scale(field)}
    return {"match_phrase": {f"rows.{field}_{tag}": value}}


def _scale(field: str) -> float:
    return PLAIN_FACTOR if field == "exact" else 1.0


def _any(queries: Sequence[Query]) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def _nested(query: Query, *, own: bool | None = None, inner_hits: Query | None = None) -> Query:
    if own is not None:
        query = {"bool": {"filter": [{"term": {"rows.own": own}}], "must": [query]}}
    nested: Query = {"path": "rows", "query": query, "score_mode": "max"}
    if inner_hits is not None:
        nested["inner_hits"] = inner_hits
    return {"nested": nested}
