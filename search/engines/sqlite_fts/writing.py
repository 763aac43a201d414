"""Putting documents into an index file and taking them out."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from core.contracts import SearchDocument
from search.analysis import forms, known_language, terms
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter, part_terms
from search.engines.base import MOST_PASSAGES
from search.engines.sqlite_fts.schema import PASSAGE_BITS, TABLES, rows_of
from search.engines.sqlite_fts.titles import add_title, take_title
from search.engines.sqlite_fts.words import (
    add_words,
    countable,
    frequency,
    spell_words,
    take_words,
)

# A word nobody can type: keeps a phrase from running over the edge of a field.
_EDGE = "=+"
_KEPT_PARTS = "SELECT id, parts FROM kept_parts WHERE id BETWEEN ? AND ?"
_INSERT = (
    "INSERT INTO documents"
    " (key, work, kind, language, title, url, summary, body, themes, year, date, card)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def write(connection: sqlite3.Connection, document: SearchDocument) -> None:
    """Store a document, in place of an earlier one with the same key."""
    remove(connection, document.key)
    number = store(connection, document)
    splitter = Splitter(lambda term: frequency(connection, term, COMPOUNDING))
    index(connection, number, splitter)
    for language, counts in _words(connection, number).items():
        spell_words(connection, language, counts)


def store(connection: sqlite3.Connection, document: SearchDocument) -> int:
    """Store a new document's texts and count its words; return its number."""
    number = connection.execute(_INSERT, _document_values(document)).lastrowid
    if number is None:
        raise sqlite3.DatabaseError("SQLite gave no row number.")
    for row, values in _passage_rows(document, number):
        connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", (row, *values))
    for language, counts in _words(connection, number).items():
        add_words(connection, language, counts)
    return number


def index(connection: sqlite3.Connection, number: int, splitter: Splitter) -> None:
    """Make a stored document findable, by words and the parts that `splitter` gives."""
    for row, language, texts in _texts(connection, number):
        written = [forms(text) for text in texts]
        parts = ""
        if known_language(language) == COMPOUNDING:
            parts = " ".join(part_terms(chain.from_iterable(written), splitter))
        if parts:
            connection.execute("INSERT INTO kept_parts VALUES (?, ?)", (row, parts))
        entry = _entry(row, language, texts, written, parts)
        connection.execute(entry.add, (entry.row, *entry.columns))
    add_title(connection, number, splitter)


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Take a document and its passages out; an unknown key is no error."""
    found = connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
    if found is None:
        return
    first, last = rows_of(found[0])
    kept = dict(connection.execute(_KEPT_PARTS, (first, last)).fetchall())
    for row, language, texts in _texts(connection, found[0]):
        written = [forms(text) for text in texts]
        entry = _entry(row, language, texts, written, kept.get(row, ""))
        connection.execute(entry.take_out, (entry.row, *entry.columns))
    for language, counts in _words(connection, found[0]).items():
        take_words(connection, language, counts)
    take_title(connection, found[0])
    connection.execute("DELETE FROM kept_parts WHERE id BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM passages WHERE id BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM documents WHERE id = ?", (found[0],))


def note_change(connection: sqlite3.Connection, key: str) -> None:
    """Remember that a key changed, for a rebuild that is under way and for caches."""
    connection.execute("INSERT INTO changes (key) VALUES (?)", (key,))


def _document_values(document: SearchDocument) -> tuple[object, ...]:
    return (
        document.key,
        document.work,
        document.kind,
        document.language,
        _storable(document.title),
        document.url,
        _storable(document.summary),
        _storable(document.body),
        json.dumps(document.themes),
        document.year,
        document.date.isoformat() if document.date else None,
        json.dumps(document.card) if document.card is not None else None,
    )


def _passage_rows(
    document: SearchDocument, number: int
) -> Iterator[tuple[int, tuple[str, str, str, str, str]]]:
    for count, passage in enumerate(document.passages[:MOST_PASSAGES], start=1):
        yield (
            number << PASSAGE_BITS | count,
            (
                passage.locator,
                _storable(passage.label),
                _storable(passage.text),
                passage.language or document.language,
                passage.url,
            ),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of an FTS5 table: its terms, and the statements that add it and take it out."""

    row: int
    table: str
    columns: tuple[str, str, str, str, str]

    @property
    def add(self) -> str:
        return (
            f"INSERT INTO {self.table} (rowid, title, summary, body, exact, parts)"  # noqa: S608
            " VALUES (?, ?, ?, ?, ?, ?)"
        )

    @property
    def take_out(self) -> str:
        return (
            f"INSERT INTO {self.table} ({self.table}, rowid, title, summary, body, exact, parts)"  # noqa: S608
            " VALUES ('delete', ?, ?, ?, ?, ?, ?)"
        )


def _texts(connection: sqlite3.Connection, number: int) -> Iterator[tuple[int, str, list[str]]]:
    """Yield row, language and texts of a stored document and its passages.

    FTS5 keeps no copy of the terms. To take a row out it must be told them again; the
    stored text gives the same ones, because an index of another analysis is refused.
    """
    document = "SELECT language, title, summary, body FROM documents WHERE id = ?"
    passages = "SELECT id, language, '', '', text FROM passages WHERE id BETWEEN ? AND ?"
    for language, *texts in connection.execute(document, (number,)).fetchall():
        yield number << PASSAGE_BITS, language, texts
    for row, language, *texts in connection.execute(passages, rows_of(number)).fetchall():
        yield row, language, texts


def _words(connection: sqlite3.Connection, number: int) -> dict[str, Counter[str]]:
    """Return how often a stored document uses each word, per language."""
    found: dict[str, Counter[str]] = {}
    for _, language, texts in _texts(connection, number):
        counts = found.setdefault(known_language(language), Counter())
        for text in texts:
            counts.update(countable(forms(text)))
    return found


def _entry(
    row: int, language: str, texts: list[str], written: list[list[str]], parts: str
) -> _Entry:
    title, summary, body = (" ".join(terms(text, language)) for text in texts)
    exact = f" {_EDGE} ".join(" ".join("=" + form for form in found) for found in written)
    return _Entry(row, TABLES[known_language(language)], (title, summary, body, exact, parts))


def _storable(text: str) -> str:
    """Replace lone surrogates, which SQLite cannot store, keeping every offset."""
    return text.encode("utf-8", "replace").decode("utf-8")
