"""From scored rows to ranked works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest

from search.engines.base import MOST_PASSAGES, PASSAGES_PER_HIT, SearchRequest
from search.engines.sqlite_fts.catalogue import Catalogue
from search.engines.sqlite_fts.matching import Matches
from search.engines.sqlite_fts.schema import PASSAGE_BITS
from search.weights import FURTHER_PASSAGES, HOLDS_ALL, SECOND_PART

Place = tuple[float, bool, str, int]
"""What works are ordered by: score, in the reader's language, date, and then age in the index."""


def document_scores(found: Matches) -> dict[int, float]:
    """Return a score per document: its own row together with its best passages.

    The better of the two counts whole, the other for a part, so that a long report
    does not outrank a short answer by its length alone.
    """
    own: dict[int, float] = {}
    passages: dict[int, list[float]] = {}
    for row, score in found.scores.items():
        if row & MOST_PASSAGES:
            passages.setdefault(row >> PASSAGE_BITS, []).append(score)
        else:
            own[row >> PASSAGE_BITS] = score
    for document, scores in passages.items():
        own[document] = _combined(own.get(document, 0.0), scores)
    for document in found.holding_all():
        own[document] *= HOLDS_ALL
    return own


def _combined(own: float, passages: list[float]) -> float:
    best, *further = sorted(passages, reverse=True)[:PASSAGES_PER_HIT]
    return max(own, best) + SECOND_PART * min(own, best) + FURTHER_PASSAGES * sum(further)


def rank_works(
    catalogue: Catalogue,
    passed: Iterable[int],
    scores: Mapping[int, float],
    request: SearchRequest,
) -> dict[str, Place]:
    """Return the place of every work: that of its best document."""
    best: dict[str, Place] = {}
    entries, weights, own = catalogue.entries, request.kind_weights, request.language
    for document in passed:
        entry = entries[document]
        score = scores[document] * weights.get(entry.kind, 1.0)
        place = (score, entry.language == own, entry.date, -document)
        known = best.get(entry.work)
        if known is None or place > known:
            best[entry.work] = place
    return best


def page_of(
    works: Mapping[str, Place], page: int, request: SearchRequest
) -> list[tuple[str, int, float]]:
    """Return (work, best document, score) for one page, in the order asked for."""
    first = (page - 1) * request.page_size
    by_date = request.sort == "date"
    top = nlargest(
        first + request.page_size,
        works.items(),
        key=lambda item: (item[1][2], item[1]) if by_date else item[1],
    )
    return [(work, -place[3], place[0]) for work, place in top[first:]]


def shown_document(catalogue: Catalogue, work: str, best: int, request: SearchRequest) -> int:
    """Return the translation to show: the reader's own, when it passes the language filter."""
    allowed = request.filters.language
    if allowed and request.language not in allowed:
        return best
    for document in catalogue.documents_of[work]:
        if catalogue.entries[document].language == request.language:
            return document
    return best


def best_passages(
    found: Matches, documents: Iterable[int], number: int = PASSAGES_PER_HIT
) -> dict[int, list[tuple[int, float]]]:
    """Return the best passage rows of each of a few documents."""
    wanted: dict[int, list[tuple[int, float]]] = {document: [] for document in documents}
    for row, score in found.scores.items():
        if row & MOST_PASSAGES and (row >> PASSAGE_BITS) in wanted:
            wanted[row >> PASSAGE_BITS].append((row, score))
    return {
        document: sorted(rows, key=lambda item: (-item[1], item[0]))[:number]
        for document, rows in wanted.items()
    }
