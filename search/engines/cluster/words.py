"""The vocabulary where it is kept: in the cluster, as a snapshot and a journal of changes.

Compounds are split by how often words are used, at every question and every hit; asking
the cluster for each would take too long. A build begins with a snapshot of all counts.
Each change adds an entry to the journal: the key that changed, and what that did to the
counts. Readers look for new entries every few seconds.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from search.engines.base import SearchUnreachable
from search.engines.cluster.builds import Build, Builds
from search.engines.cluster.connection import Connection
from search.engines.cluster.tally import Tally, pack, unpack
from search.engines.cluster.vocabulary import Vocabulary

FOLLOW_SECONDS = 2.0
_PAGE = 200
_CHUNK = 50_000
"""Terms in one document of a snapshot: a few hundred kilobytes."""
_SNAPSHOT = "snapshot"


class FollowedVocabulary:
    """The vocabulary of the build in use, kept up to date. Threads may share it."""

    def __init__(self, connection: Connection, builds: Builds) -> None:
        self._connection = connection
        self._builds = builds
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._build: Build | None = None
        self._words = Vocabulary()
        self.number = 0

    def get(self, *, now: bool = False) -> Vocabulary:
        """Return the words, at most a few seconds old, or up to date when `now`.

        While the cluster is away those we have will do: questions fail by themselves then,
        and what was found can still be shown. Raises SearchUnavailable when there are none.
        """
        with self._lock:
            if now or time.monotonic() - self._looked_at >= FOLLOW_SECONDS:
                try:
                    self._follow()
                except SearchUnreachable:
                    if now or self._build is None:
                        raise
                self._looked_at = time.monotonic()
            return self._words

    def _follow(self) -> None:
        build = self._builds.current()
        if build != self._build:
            self._words = read_snapshot(self._connection, build)
            self._build, self.number = build, 0
        for entry in read_journal(self._connection, build.words, self.number):
            self._words.add(Tally.unpacked(entry["data"]))
            self.number = entry["number"]


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


def snapshot_lines(words: Vocabulary) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the documents of a snapshot with their ids, the one that counts them last."""
    chunks = 0
    for chunk in _chunks(words.tally):
        yield f"{_SNAPSHOT}-{chunks}", {"data": chunk.packed()}
        chunks += 1
    yield _SNAPSHOT, {"data": pack({"chunks": chunks, "bound": sorted(words.bound)})}


def read_snapshot(connection: Connection, build: Build) -> Vocabulary:
    """Return the words that a build began with."""
    about = unpack(_data(connection, build, _SNAPSHOT))
    words = Vocabulary(about["bound"])
    for number in range(about["chunks"]):
        words.add(Tally.unpacked(_data(connection, build, f"{_SNAPSHOT}-{number}")))
    return words


def _data(connection: Connection, build: Build, name: str) -> str:
    found = connection.write("GET", f"/{build.words}/_doc/{name}")
    return str(found["_source"]["data"])


def _chunks(tally: Tally) -> Iterator[Tally]:
    yield Tally(sizes=tally.sizes)
    for language, counts in tally.forms.items():
        for part in _pieces(counts):
            yield Tally(forms={language: part})
    for language, counts in tally.rows.items():
        for part in _pieces(counts):
            yield Tally(rows={language: part})


def _pieces(counts: Counter[str]) -> Iterator[Counter[str]]:
    remaining = iter(counts.items())
    while part := dict(islice(remaining, _CHUNK)):
        yield Counter(part)
