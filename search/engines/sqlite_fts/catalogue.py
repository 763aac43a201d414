"""The facts of every document that filters and counts need, kept in memory.

A few hundred bytes a document, read again when the index file has changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from search.engines.base import FACETS, Filters
from search.engines.sqlite_fts.schema import TABLES

Facets = dict[str, dict[Any, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of one document."""

    work: str
    kind: str
    language: str
    year: int | None
    themes: tuple[str, ...]
    date: str

    def values(self, facet: str) -> tuple[Any, ...]:
        """Return the values under which a document is counted in a facet."""
        if facet == "theme":
            return self.themes
        value = getattr(self, facet)
        return () if value is None else (value,)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents of one state of the index; `sizes` is the number of rows per language."""

    stamp: tuple[str, int]
    entries: Mapping[int, Entry]
    documents_of: Mapping[str, tuple[int, ...]]
    sizes: Mapping[str, int]


def stamp(connection: sqlite3.Connection) -> tuple[str, int]:
    """Return what names the present state of the index file."""
    build = connection.execute("SELECT value FROM about WHERE name = 'build'").fetchone()[0]
    number = connection.execute("SELECT max(number) FROM changes").fetchone()[0]
    return build, number or 0


def read_catalogue(connection: sqlite3.Connection) -> Catalogue:
    """Read the facts of all documents."""
    found = stamp(connection)
    entries: dict[int, Entry] = {}
    works: dict[str, list[int]] = {}
    sql = "SELECT id, work, kind, language, year, themes, date FROM documents"
    for number, work, kind, language, year, themes, date in connection.execute(sql):
        entries[number] = Entry(
            work, kind, language, year, tuple(dict.fromkeys(json.loads(themes))), date or ""
        )
        works.setdefault(work, []).append(number)
    sizes = {
        language: connection.execute(
            f"SELECT count(*) FROM {table}_docsize"  # noqa: S608 - our own names
        ).fetchone()[0]
        for language, table in TABLES.items()
    }
    return Catalogue(found, entries, {w: tuple(ids) for w, ids in works.items()}, sizes)


def narrow(
    catalogue: Catalogue, documents: Iterable[int], filters: Filters
) -> tuple[list[int], Facets]:
    """Return the documents that pass the filters, and the counts of works per facet.

    A document counts in a facet when it passes the filters of all other facets.
    """
    passed: list[int] = []
    counted: dict[str, list[int]] = {facet: [] for facet in FACETS}
    wanted = {facet: set(chosen) for facet in FACETS if (chosen := getattr(filters, facet))}
    for number in documents:
        failed = _failed(catalogue.entries[number], wanted) if wanted else ()
        if not failed:
            passed.append(number)
        elif len(failed) == 1:
            counted[failed[0]].append(number)
    facets = {facet: _count(catalogue, facet, passed + counted[facet]) for facet in FACETS}
    return passed, facets


def _failed(entry: Entry, wanted: Mapping[str, set[Any]]) -> list[str]:
    return [facet for facet, values in wanted.items() if values.isdisjoint(entry.values(facet))]


def _count(catalogue: Catalogue, facet: str, documents: list[int]) -> dict[Any, int]:
    """Count works per value: translations of one work count once in each value they share."""
    found = map(catalogue.entries.__getitem__, documents)
    if len(catalogue.documents_of) < len(catalogue.entries):
        pairs = {(value, entry.work) for entry in found for value in entry.values(facet)}
        return dict(Counter(value for value, _ in pairs))
    if facet == "theme":
        return dict(Counter(chain.from_iterable(map(attrgetter("themes"), found))))
    counts = Counter(map(attrgetter(facet), found))
    del counts[None]  # what has no value; Counter does not mind when there is none
    return dict(counts)
