"""Asking for one page of results, in two steps: which works, and what to show of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from search.engines.base import (
    FACETS,
    Hit,
    PassageHit,
    Results,
    SearchRequest,
)
from search.engines.cluster.connection import Connection
from search.engines.cluster.mapping import FACET_FIELDS
from search.engines.cluster.questions import (
    Query,
    documents_query,
    filter_queries,
    passages_query,
    rows_query,
)
from search.engines.cluster.tally import Tally

MOST_VALUES = 10_000
"""Values of a facet that are counted: more than any library has themes or years."""

EXACT_UP_TO = 40_000
"""Works that are counted one by one; above that the cluster estimates (its own limit)."""

_SHOWN = ["work", "kind", "language", "themes", "year", "date", "shown"]
_NO_PARTS = {"allow_partial_search_results": "false"}


class Asker:
    """Answers one request from one index."""

    def __init__(
        self, connection: Connection, index: str, request: SearchRequest, tally: Tally
    ) -> None:
        self._connection = connection
        self._path = f"/{index}/_search"
        self._request = request
        self._tally = tally

    def results(self) -> Results:
        """Return the page that was asked for, or the last one."""
        request = self._request
        rows = rows_query(request.plan, self._tally)
        if rows is None:
            return Results()
        page = max(1, request.page)
        answer = self._rank(rows, page)
        total = int(answer["aggregations"]["all"]["works"]["value"])
        pages = max(1, -(-total // request.page_size))
        if page > pages:
            page = pages
            answer = self._rank(rows, page)
        ranked = answer["hits"]["hits"]
        hits = self._hits(rows, ranked) if ranked else []
        return Results(hits, total, page, pages, _facets(answer["aggregations"]))

    def _rank(self, rows: Query, page: int) -> Any:
        """Return the best document of each work on a page, and all counts."""
        request = self._request
        newest = {"date": {"order": "desc", "missing": "_last"}}
        order = [newest, "_score"] if request.sort == "date" else ["_score", newest]
        window = 100_000 // request.page_size
        body = {
            "query": documents_query(rows, request, self._tally),
            "post_filter": {"bool": {"filter": filter_queries(request.filters)}},
            "collapse": {"field": "work"},
            "sort": [*order, {"placed": "asc"}],
            "track_scores": True,
            "track_total_hits": False,
            "from": (min(page, window) - 1) * request.page_size,
            "size": request.page_size,
            "_source": False,
            "aggs": _counts(request),
        }
        return self._connection.read("POST", self._path, body, **_NO_PARTS)

    def _hits(self, rows: Query, ranked: Sequence[Mapping[str, Any]]) -> list[Hit]:
        """Return the hits for ranked works, in their order, with the text to show."""
        works = {hit["_id"]: hit["fields"]["work"][0] for hit in ranked}
        found = self._read(rows, works)
        by_work = {
            hit["_source"]["work"]: hit
            for hit in found.values()
            if hit["_source"]["language"] == self._request.language
        }
        hits = []
        for place in ranked:
            best = found.get(place["_id"])
            shown = by_work.get(works[place["_id"]], best) if self._may_translate() else best
            if shown is not None:
                passages = _passages(shown) or (_passages(best) if best else ())
                hits.append(_hit(shown, place["_score"], passages))
        return hits

    def _may_translate(self) -> bool:
        """Say whether a work may be shown in the reader's language: when filters allow it."""
        allowed = self._request.filters.language
        return bool(self._request.language) and (not allowed or self._request.language in allowed)

    def _read(self, rows: Query, works: Mapping[str, str]) -> dict[str, Any]:
        """Return the best documents and their translations, with their best passages."""
        wanted: list[Query] = [{"ids": {"values": list(works)}}]
        if self._may_translate():
            language = {"term": {"language": self._request.language}}
            translated = [{"terms": {"work": list(set(works.values()))}}, language]
            wanted.append({"bool": {"filter": translated}})
        inner = {"size": self._request.passages, "_source": ["rows.shown"]}
        body = {
            "query": {
                "bool": {
                    "filter": [{"bool": {"should": wanted, "minimum_should_match": 1}}],
                    "should": [passages_query(rows, **inner)],
                }
            },
            "size": 2 * len(works),
            "_source": _SHOWN,
        }
        answer = self._connection.read("POST", self._path, body, **_NO_PARTS)
        return {hit["_id"]: hit for hit in answer["hits"]["hits"]}


def _counts(request: SearchRequest) -> dict[str, Query]:
    """Return the aggregations: all works, and works per value of each facet.

    A choice within a facet does not limit the counts of that facet itself.
    """
    works = {"works": {"cardinality": {"field": "work", "precision_threshold": EXACT_UP_TO}}}
    counts = {"all": _filtered(request, "", works)}
    for facet in FACETS:
        values = {"terms": {"field": FACET_FIELDS[facet], "size": MOST_VALUES}, "aggs": works}
        counts[facet] = _filtered(request, facet, {"values": values})
    return counts


def _filtered(request: SearchRequest, facet: str, aggs: Query) -> Query:
    chosen = filter_queries(request.filters, but=facet)
    return {"filter": {"bool": {"filter": chosen}}, "aggs": aggs}


def _facets(aggregations: Mapping[str, Any]) -> dict[str, dict[Any, int]]:
    return {
        facet: {
            bucket["key"]: int(bucket["works"]["value"])
            for bucket in aggregations[facet]["values"]["buckets"]
        }
        for facet in FACETS
    }


def _hit(found: Mapping[str, Any], score: float, passages: tuple[PassageHit, ...]) -> Hit:
    source = found["_source"]
    shown = source["shown"]
    return Hit(
        key=found["_id"],
        work=source["work"],
        kind=source["kind"],
        language=source["language"],
        title=shown["title"],
        url=shown["url"],
        score=round(score, 4),
        summary=shown["summary"],
        body=shown["body"],
        themes=tuple(source["themes"]),
        year=source["year"],
        date=dt.date.fromisoformat(source["date"]) if source["date"] else None,
        card=shown["card"],
        passages=passages,
    )


def _passages(found: Mapping[str, Any]) -> tuple[PassageHit, ...]:
    inner = found["inner_hits"]["rows"]["hits"]["hits"]
    return tuple(
        PassageHit(score=round(hit["_score"], 4), **hit["_source"]["shown"]) for hit in inner
    )
