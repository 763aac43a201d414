"""The vocabulary of the library, kept in memory and followed through the journal.

Compounds are split by how often words are used, at every question and every hit; asking
the cluster for each would take too long. A build begins with a snapshot of all counts.
Each change adds an entry to the journal: the key that changed, and what that did to the
counts. Readers look for new entries every few seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from search.compounds import LANGUAGE as COMPOUNDING
from search.engines.cluster.builds import Build, Builds
from search.engines.cluster.connection import Connection
from search.engines.cluster.tally import Tally, pack, unpack

FOLLOW_SECONDS = 2.0
_PAGE = 200
_CHUNK = 50_000
"""Terms in one document of a snapshot: a few hundred kilobytes."""
_SNAPSHOT = "snapshot"

Counts = tuple[Tally, frozenset[str]]


class Vocabulary:
    """What is known of the words of the build in use. Threads may share it."""

    def __init__(self, connection: Connection, builds: Builds) -> None:
        self._connection = connection
        self._builds = builds
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self.build: Build | None = None
        self.number = 0
        self.tally = Tally()
        self.bound: frozenset[str] = frozenset()

    def follow(self, *, now: bool = False) -> None:
        """Catch up with the journal, at most every few seconds unless `now`.

        Raises SearchUnavailable when there is no index.
        """
        with self._lock:
            if not now and time.monotonic() - self._looked_at < FOLLOW_SECONDS:
                return
            build = self._builds.current()
            if build != self.build:
                self.tally, self.bound = read_snapshot(self._connection, build)
                self.build, self.number = build, 0
            for entry in read_journal(self._connection, build.words, self.number):
                self.tally.add(Tally.unpacked(entry["data"]))
                self.number = entry["number"]
            self._looked_at = time.monotonic()

    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used; a piece of compounds counts once."""
        uses = self.tally.uses_of(term, language)
        return uses or int(language == COMPOUNDING and term in self.bound)


def read_journal(connection: Connection, index: str, after: int) -> Iterator[dict[str, Any]]:
    """Yield the entries of a journal after a number, in order: key, number and data."""
    while True:
        body = {
            "query": {"range": {"number": {"gt": after}}},
            "sort": [{"number": "asc"}],
            "size": _PAGE,
            "_source": ["key", "number", "data"],
        }
        hits = connection.read("POST", f"/{index}/_search", body)["hits"]["hits"]
        for hit in hits:
            yield hit["_source"]
            after = hit["_source"]["number"]
        if len(hits) < _PAGE:
            return


def snapshot_lines(tally: Tally, bound: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the documents of a snapshot with their ids, the one that counts them last."""
    chunks = 0
    for chunk in _chunks(tally):
        yield f"{_SNAPSHOT}-{chunks}", {"data": chunk.packed()}
        chunks += 1
    about = {"chunks": chunks, "bound": sorted(bound), "sizes": dict(tally.sizes)}
    yield _SNAPSHOT, {"data": pack(about)}


def read_snapshot(connection: Connection, build: Build) -> Counts:
    """Return the counts that a build began with."""
    tally = Tally()
    about = unpack(_data(connection, build, _SNAPSHOT))
    for number in range(about["chunks"]):
        tally.add(Tally.unpacked(_data(connection, build, f"{_SNAPSHOT}-{number}")))
    tally.sizes.update(about["sizes"])
    return tally, frozenset(about["bound"])


def _data(connection: Connection, build: Build, name: str) -> str:
    found = connection.write("GET", f"/{build.words}/_doc/{name}")
    return str(found["_source"]["data"])


def _chunks(tally: Tally) -> Iterator[Tally]:
    for mine, kind in ((tally.uses, "uses"), (tally.rows, "rows")):
        for language, counts in mine.items():
            remaining = iter(counts.items())
            while part := dict(islice(remaining, _CHUNK)):
                yield Tally(**{kind: {language: part}})  # type: ignore[arg-type]  # a Counter or not
