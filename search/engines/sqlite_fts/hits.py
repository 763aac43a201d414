"""Reading the hits of one page of results."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from core.contracts import SearchDocument, SearchPassage
from search.engines.base import Hit, PassageHit, SearchRequest
from search.engines.sqlite_fts.catalogue import Catalogue
from search.engines.sqlite_fts.matching import Matches
from search.engines.sqlite_fts.ranking import best_passages, shown_document
from search.engines.sqlite_fts.schema import rows_of

_DOCUMENTS = (
    "SELECT id, key, work, kind, language, title, url, summary, body, themes, year, date, card"
    " FROM documents WHERE id IN (SELECT value FROM json_each(?))"
)
_PASSAGES = (
    "SELECT id, locator, label, text, language, url"
    " FROM passages WHERE id IN (SELECT value FROM json_each(?))"
)
_STORED = _DOCUMENTS.replace("WHERE id IN", "WHERE key IN")
_PLACES = (
    "SELECT locator, label, text, language, url FROM passages WHERE id BETWEEN ? AND ? ORDER BY id"
)
_SAME = tuple(field.name for field in fields(SearchDocument) if field.name != "passages")


def read_hits(
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    found: Matches,
    works: Sequence[tuple[str, int, float]],
    request: SearchRequest,
) -> list[Hit]:
    """Return the hits for ranked works, in their order, with the text to show."""
    shown = {work: shown_document(catalogue, work, best, request) for work, best, _ in works}
    looked_at = {*shown.values(), *(best for _, best, _ in works)}
    passages = best_passages(found, looked_at, request.passages)
    stored = _read(connection, _DOCUMENTS, list(shown.values()))
    rows = [row for chosen in passages.values() for row, _ in chosen]
    places = _read(connection, _PASSAGES, rows)
    hits = []
    for work, best, score in works:
        chosen = passages[shown[work]] or passages[best]
        parts = tuple(_passage(places[row], value) for row, value in chosen)
        hits.append(_hit(stored[shown[work]], score, parts))
    return hits


def read_documents(
    connection: sqlite3.Connection, keys: Sequence[str]
) -> dict[str, SearchDocument]:
    """Return the documents under some keys, as they were given but for what was cut off."""
    found = {}
    for number, *row in connection.execute(_STORED, (json.dumps(keys),)).fetchall():
        hit = _hit(tuple(row), 0.0, ())
        places = connection.execute(_PLACES, rows_of(number)).fetchall()
        passages = tuple(
            SearchPassage(locator, label, text, language, url)
            for locator, label, text, language, url in places
        )
        values = {name: getattr(hit, name) for name in _SAME}
        found[hit.key] = SearchDocument(**values, passages=passages)
    return found


def _read(connection: sqlite3.Connection, sql: str, ids: list[int]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in connection.execute(sql, (json.dumps(ids),))}


def _passage(row: tuple[Any, ...], score: float) -> PassageHit:
    locator, label, text, language, url = row
    return PassageHit(locator, label, text, language, url, round(score, 4))


def _hit(row: tuple[Any, ...], score: float, passages: tuple[PassageHit, ...]) -> Hit:
    key, work, kind, language, title, url, summary, body, themes, year, date, card = row
    return Hit(
        key=key,
        work=work,
        kind=kind,
        language=language,
        title=title,
        url=url,
        score=round(score, 4),
        summary=summary,
        body=body,
        themes=tuple(json.loads(themes)),
        year=year,
        date=dt.date.fromisoformat(date) if date else None,
        card=json.loads(card) if card else None,
        passages=passages,
    )
