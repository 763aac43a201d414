"""Putting documents into the build in use and taking them out, one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from core.contracts import SearchDocument
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.engines.cluster.builds import Build, Builds
from search.engines.cluster.bulk import Action, create_action, delete_action, index_action, send
from search.engines.cluster.connection import Connection
from search.engines.cluster.entries import count_words, entry, rows_of
from search.engines.cluster.locking import locked
from search.engines.cluster.mapping import DOCUMENTS, WORDS, alias
from search.engines.cluster.tally import Tally
from search.engines.cluster.vocabulary import Vocabulary, term_uses
from search.engines.cluster.words import FollowedVocabulary, snapshot_lines

WRITE_LOCK = "write"

Changes = Mapping[str, SearchDocument | None]
"""What must stand under each key; None when nothing may."""


@dataclass(slots=True)
class Prepared:
    """Actions that store changes, and what each does to the vocabulary."""

    actions: list[Action] = field(default_factory=list)
    deltas: dict[str, Tally] = field(default_factory=dict)


def prepare(
    connection: Connection, index: str, changes: Changes, words: Vocabulary, *, alias: bool
) -> Prepared:
    """Work out how to bring an index, by its name or `alias`, to what it must hold."""
    prepared, together = Prepared(), Tally()
    for key, old in stored_tallies(connection, index, changes).items():
        together.add(old, -1)
        prepared.deltas[key] = Tally()
        prepared.deltas[key].add(old, -1)
    for key, document in changes.items():
        delta = prepared.deltas.setdefault(key, Tally())
        if document is None:
            prepared.actions.append(delete_action(index, key))
            continue
        rows = rows_of(document)
        together.add(count_words(rows))
        stored, tally = entry(document, rows, Splitter(_with(words, together)))
        delta.add(tally)
        prepared.actions.append(index_action(index, key, stored, alias=alias))
    return prepared


def stored_tallies(connection: Connection, index: str, keys: Iterable[str]) -> dict[str, Tally]:
    """Return what the stored documents under some keys add to the vocabulary."""
    body = {"ids": list(keys)}
    if not body["ids"]:
        return {}
    answer = connection.write("POST", f"/{index}/_mget", body, _source_includes="words")
    return {
        found["_id"]: Tally.unpacked(found["_source"]["words"])
        for found in answer["docs"]
        if found.get("found")
    }


class Writer:
    """Changes the build in use."""

    def __init__(
        self, connection: Connection, builds: Builds, vocabulary: FollowedVocabulary
    ) -> None:
        self._connection = connection
        self._builds = builds
        self._vocabulary = vocabulary
        self._documents = alias(connection.address.prefix, DOCUMENTS)
        self._words = alias(connection.address.prefix, WORDS)

    def change(self, changes: Changes) -> None:
        """Store changes and note them in the journal; readers see them at once."""
        if not changes:
            return
        with locked(self._connection, WRITE_LOCK):
            if self._builds.current_or_none() is None:
                make_empty(self._connection, self._builds)
            words = self._vocabulary.get(now=True)
            prepared = prepare(self._connection, self._documents, changes, words, alias=True)
            journal = self._journal(prepared.deltas)
            send(self._connection, [*prepared.actions, *journal], refresh=True)
        self._vocabulary.get(now=True)

    def _journal(self, deltas: Mapping[str, Tally]) -> list[Action]:
        first = self._vocabulary.number + 1
        return [
            create_action(
                self._words,
                str(number),
                {"number": number, "key": key, "data": delta.packed()},
            )
            for number, (key, delta) in enumerate(deltas.items(), start=first)
        ]


def make_empty(connection: Connection, builds: Builds) -> None:
    """Make a first build without documents, so that there is something to write to."""
    build = builds.create()
    write_snapshot(connection, build, Vocabulary())
    builds.swap_in(build)


def write_snapshot(connection: Connection, build: Build, words: Vocabulary) -> None:
    """Store the words a build begins with."""
    send(
        connection,
        (
            index_action(build.words, name, document, alias=False)
            for name, document in snapshot_lines(words)
        ),
    )


def _with(words: Vocabulary, more: Tally) -> Callable[[str], int]:
    """Return the frequencies to split with, those of the texts at hand included."""
    added = term_uses(more.forms.get(COMPOUNDING, {}), COMPOUNDING)

    def frequency(term: str) -> int:
        uses = words.uses_of(term, COMPOUNDING) + added[term]
        return uses if uses > 0 else int(term in words.bound)

    return frequency
