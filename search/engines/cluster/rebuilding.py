"""Building the index anew beside the one in use.

Compounds are split with the words of the whole library, so all documents are read first:
counted, and put aside on disk. Then they are stored, and what changed meanwhile is read
again, with other writers held up, before the new build takes over.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from core.contracts import SearchDocument
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter, bound_terms
from search.engines.base import Progress, Reload
from search.engines.cluster.builds import Build, Builds
from search.engines.cluster.bulk import Action, index_action, send
from search.engines.cluster.connection import Connection
from search.engines.cluster.entries import count_words, entry, rows_of
from search.engines.cluster.locking import Lock, locked
from search.engines.cluster.vocabulary import Vocabulary
from search.engines.cluster.words import read_journal
from search.engines.cluster.writing import WRITE_LOCK, prepare, write_snapshot

REBUILD_LOCK = "rebuild"
_SETTLED_AT_ONCE = 50


class Rebuild:
    """One rebuild. `progress` is called with the documents stored and how many there are."""

    def __init__(
        self, connection: Connection, builds: Builds, reload: Reload, progress: Progress | None
    ) -> None:
        self._connection = connection
        self._builds = builds
        self._reload = reload
        self._progress = progress or (lambda done, total: None)
        self._words = Vocabulary()
        self._count = 0

    def run(self, documents: Iterable[SearchDocument]) -> int:
        """Build from documents and swap; return how many documents there are."""
        with locked(self._connection, REBUILD_LOCK) as lock:
            old, number = self._begin()
            build = self._builds.create()
            try:
                with tempfile.TemporaryFile() as aside:
                    self._read(documents, aside, lock)
                    self._store(build, aside, lock)
                return self._finish(build, old, number)
            except BaseException:
                self._builds.discard(build)
                raise

    def _begin(self) -> tuple[Build | None, int]:
        """Clear what killed rebuilds left; return the build in use and where its journal is."""
        with locked(self._connection, WRITE_LOCK):
            old = self._builds.current_or_none()
            self._builds.sweep(old)
        if old is None:
            return None, 0
        return old, last_number(self._connection, old)

    def _read(self, documents: Iterable[SearchDocument], aside: IO[bytes], lock: Lock) -> None:
        for document in documents:
            self._words.add(count_words(rows_of(document)))
            pickle.dump(document, aside)
            self._count += 1
            lock.renew()
        written = self._words.tally.forms.get(COMPOUNDING, Counter())
        bound = bound_terms(written, lambda term: self._words.uses_of(term, COMPOUNDING))
        self._words.bound = frozenset(bound)
        aside.seek(0)

    def _store(self, build: Build, aside: IO[bytes], lock: Lock) -> None:
        send(self._connection, self._actions(build, aside, lock))

    def _actions(self, build: Build, aside: IO[bytes], lock: Lock) -> Iterator[Action]:
        splitter = Splitter(lambda term: self._words.frequency(term, COMPOUNDING))
        for done in range(1, self._count + 1):
            document = pickle.load(aside)  # noqa: S301 - written by us a moment ago
            stored, tally = entry(document, rows_of(document), splitter)
            tally.forms.clear()  # counted when it was read
            self._words.add(tally)
            yield index_action(build.documents, document.key, stored, alias=False)
            self._progress(done, self._count)
            lock.renew()

    def _finish(self, build: Build, old: Build | None, number: int) -> int:
        with locked(self._connection, WRITE_LOCK) as lock:
            changed = self._changed(old, number)
            for start in range(0, len(changed), _SETTLED_AT_ONCE):
                self._settle(build, changed[start : start + _SETTLED_AT_ONCE])
                lock.renew()
            write_snapshot(self._connection, build, self._words)
            self._builds.swap_in(build)
        return int(self._connection.write("GET", f"/{build.documents}/_count")["count"])

    def _changed(self, old: Build | None, number: int) -> list[str]:
        """Return the keys that changed since the rebuild began."""
        current = self._builds.current_or_none()
        if current is None:
            return []
        since = number if current == old else 0
        entries = read_journal(self._connection, current.words, since)
        return list(dict.fromkeys(entry["key"] for entry in entries))

    def _settle(self, build: Build, keys: list[str]) -> None:
        changes = {key: self._reload(key) for key in keys}
        prepared = prepare(self._connection, build.documents, changes, self._words, alias=False)
        send(self._connection, prepared.actions)
        for delta in prepared.deltas.values():
            self._words.add(delta)


def last_number(connection: Connection, build: Build) -> int:
    """Return the number of the newest entry in the journal of a build."""
    body = {"size": 0, "aggs": {"last": {"max": {"field": "number"}}}}
    answer = connection.write("POST", f"/{build.words}/_search", body)
    return int(answer["aggregations"]["last"]["value"] or 0)
