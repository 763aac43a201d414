"""The embedded engine: documents in, ranked works with their best passages out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from core.contracts import SearchDocument
from search.compounds import Splitter
from search.engines.base import (
    Completions,
    Engine,
    Progress,
    Reload,
    Results,
    SearchRequest,
    SearchUnavailable,
)
from search.engines.sqlite_fts.catalogue import Catalogue, narrow, read_catalogue, stamp
from search.engines.sqlite_fts.hits import read_documents, read_hits
from search.engines.sqlite_fts.matching import (
    documents_with_phrase,
    documents_with_word,
    match,
)
from search.engines.sqlite_fts.ranking import document_scores, page_of, rank_works
from search.engines.sqlite_fts.storage import Draft, Storage
from search.engines.sqlite_fts.titles import titles_with
from search.engines.sqlite_fts.words import (
    frequency,
    learn_bound,
    similar,
    spell_all,
    words_beginning,
)
from search.engines.sqlite_fts.writing import index, note_change, remove, store, write
from search.plan import Plan

_BATCH = 200


class SqliteEngine(Engine):
    """An index in one file, without a server."""

    def __init__(self, path: Path) -> None:
        self._storage = Storage(path)
        self._catalogue: Catalogue | None = None

    def put(self, documents: Iterable[SearchDocument]) -> int:
        """Add documents, replacing those with the same key."""
        count = 0
        remaining = iter(documents)
        while batch := list(islice(remaining, _BATCH)):
            with _clear_errors(), self._storage.writing() as connection:
                for document in batch:
                    write(connection, document)
                    note_change(connection, document.key)
            count += len(batch)
        return count

    def delete(self, keys: Iterable[str]) -> None:
        """Take documents out."""
        with _clear_errors(), self._storage.writing() as connection:
            for key in keys:
                remove(connection, key)
                note_change(connection, key)

    def rebuild(
        self, documents: Iterable[SearchDocument], reload: Reload, progress: Progress | None = None
    ) -> int:
        """Build a fresh index beside the live one and swap."""
        with self._storage.rebuilding() as draft:
            remaining = iter(documents)
            while batch := list(islice(remaining, _BATCH)):
                with draft.transaction() as connection:
                    for document in batch:
                        store(connection, document)
            _index_all(draft, progress)
            with draft.finishing() as changed, draft.transaction() as connection:
                for key in changed:
                    _settle(connection, key, reload(key))
                count = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        return int(count)

    def keys(self) -> Iterator[str]:
        """Yield the keys of all documents."""
        with _clear_errors():
            found = self._storage.reader().execute("SELECT key FROM documents ORDER BY id")
            yield from [key for (key,) in found.fetchall()]

    def stored(self, keys: Sequence[str]) -> Mapping[str, SearchDocument]:
        """Return the documents that stand under some keys."""
        with _clear_errors():
            connection = self._storage.reader()
            with _one_state(connection):
                return read_documents(connection, keys)

    def count(self) -> int:
        """Return the number of documents."""
        with _clear_errors():
            connection = self._storage.reader()
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def search(self, request: SearchRequest) -> Results:
        """Answer a request."""
        with _clear_errors():
            connection = self._storage.reader()
            with _one_state(connection):
                return self._search(connection, request)

    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used in texts of a language."""
        with _clear_errors():
            return frequency(self._storage.reader(), term, language)

    def similar(self, word: str, language: str) -> list[tuple[str, int]]:
        """Return words that share most letters with a word, and how often each is used."""
        with _clear_errors():
            return similar(self._storage.reader(), word, language)

    def complete(self, beginnings: Sequence[str], language: str, limit: int) -> Completions:
        """Return titles and words that go on from what was typed."""
        with _clear_errors():
            connection = self._storage.reader()
            return Completions(
                titles_with(connection, beginnings, language, limit),
                words_beginning(connection, beginnings[-1], language, limit),
            )

    def close(self) -> None:
        """Close this thread's connection."""
        self._storage.close()

    def _search(self, connection: sqlite3.Connection, request: SearchRequest) -> Results:
        catalogue = self._current_catalogue(connection)
        within = catalogue.documents_of.get(request.within, ()) if request.within else None
        found = match(connection, request.plan, catalogue.sizes, within)
        scores = document_scores(found)
        documents = _required(connection, request.plan, scores)
        passed, facets = narrow(catalogue, documents, request.filters)
        works = rank_works(catalogue, passed, scores, request)
        pages = max(1, -(-len(works) // request.page_size))
        page = min(max(1, request.page), pages)
        shown = page_of(works, page, request)
        hits = read_hits(connection, catalogue, found, shown, request)
        return Results(hits, len(works), page, pages, facets)

    def _current_catalogue(self, connection: sqlite3.Connection) -> Catalogue:
        known = self._catalogue
        if known is None or known.stamp != stamp(connection):
            known = self._catalogue = read_catalogue(connection)
        return known


def _index_all(draft: Draft, progress: Progress | None) -> None:
    """Make everything stored findable, now that all words of the library are known."""
    with draft.transaction() as connection:
        splitter = Splitter(learn_bound(connection))
        spell_all(connection)
        numbers = connection.execute("SELECT id FROM documents ORDER BY id").fetchall()
    for start in range(0, len(numbers), _BATCH):
        with draft.transaction() as connection:
            for (number,) in numbers[start : start + _BATCH]:
                index(connection, number, splitter)
        if progress:
            progress(min(start + _BATCH, len(numbers)), len(numbers))


def _settle(connection: sqlite3.Connection, key: str, document: SearchDocument | None) -> None:
    if document is None:
        remove(connection, key)
    else:
        write(connection, document)


def _required(
    connection: sqlite3.Connection, plan: Plan, scores: dict[int, float]
) -> Iterable[int]:
    """Return the documents that hold every phrase and nothing that is excluded."""
    if not plan.phrases and not plan.excluded:
        return scores
    left = set(scores)
    for phrase in plan.phrases:
        left &= documents_with_phrase(connection, phrase)
    for words in plan.excluded:
        if len(words) == 1:
            left -= documents_with_word(connection, words[0])
        else:
            left -= documents_with_phrase(connection, words)
    return [document for document in scores if document in left]


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Read everything from one state of the index, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Turn what SQLite says of a broken file into the one error readers know."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise SearchUnavailable(f"The search index cannot be used: {error}") from error
