"""Putting documents into an index file and taking them out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from core.contracts import SearchDocument
from search.analysis import forms, known_language, terms
from search.engines.sqlite_fts.schema import MOST_PASSAGES, PASSAGE_BITS, TABLES, rows_of

# A word nobody can type: keeps a phrase from running over the edge of a field.
_EDGE = "=+"
_INSERT = (
    "INSERT INTO documents"
    " (key, work, kind, language, title, url, summary, body, themes, year, date, card)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def write(connection: sqlite3.Connection, document: SearchDocument) -> None:
    """Store a document, in place of an earlier one with the same key."""
    remove(connection, document.key)
    number = connection.execute(_INSERT, _document_values(document)).lastrowid
    if number is None:
        raise sqlite3.DatabaseError("SQLite gave no row number.")
    for row, values in _passage_rows(document, number):
        connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", (row, *values))
    for entry in _entries(connection, number):
        connection.execute(entry.add, (entry.row, *entry.columns))


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Take a document and its passages out; an unknown key is no error."""
    found = connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
    if found is None:
        return
    first, last = rows_of(found[0])
    for entry in _entries(connection, found[0]):
        connection.execute(entry.take_out, (entry.row, *entry.columns))
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
    columns: tuple[str, str, str, str]

    @property
    def add(self) -> str:
        return (
            f"INSERT INTO {self.table} (rowid, title, summary, body, exact)"  # noqa: S608
            " VALUES (?, ?, ?, ?, ?)"
        )

    @property
    def take_out(self) -> str:
        return (
            f"INSERT INTO {self.table} ({self.table}, rowid, title, summary, body, exact)"  # noqa: S608
            " VALUES ('delete', ?, ?, ?, ?, ?)"
        )


def _entries(connection: sqlite3.Connection, number: int) -> Iterator[_Entry]:
    """Analyse a stored document and its passages.

    FTS5 keeps no copy of the terms. To take a row out it must be told them again; the
    stored text gives the same ones, because an index of another analysis is refused.
    """
    document = "SELECT language, title, summary, body FROM documents WHERE id = ?"
    passages = "SELECT id, language, '', '', text FROM passages WHERE id BETWEEN ? AND ?"
    for language, *texts in connection.execute(document, (number,)).fetchall():
        yield _entry(number << PASSAGE_BITS, language, texts)
    for row, language, *texts in connection.execute(passages, rows_of(number)).fetchall():
        yield _entry(row, language, texts)


def _entry(row: int, language: str, texts: list[str]) -> _Entry:
    title, summary, body = (" ".join(terms(text, language)) for text in texts)
    exact = f" {_EDGE} ".join(" ".join("=" + form for form in forms(text)) for text in texts)
    return _Entry(row, TABLES[known_language(language)], (title, summary, body, exact))


def _storable(text: str) -> str:
    """Replace lone surrogates, which SQLite cannot store, keeping every offset."""
    return text.encode("utf-8", "replace").decode("utf-8")
