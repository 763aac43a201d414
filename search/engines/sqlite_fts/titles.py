"""The words of titles, for what somebody is still typing.

`words` holds the folded words of a title in order, `parts` the parts of the compounds
among them. Titles are short, so this table keeps its text and takes a row out by number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from search.analysis import forms, known_language
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.engines.base import TitleMatch

DDL = """
CREATE VIRTUAL TABLE titles USING fts5(
    words, parts, prefix = '2 3', tokenize = "ascii tokenchars '=+#'"
);
"""
_TITLE = "SELECT language, title FROM documents WHERE id = ?"
_MATCH = (
    "SELECT d.key, d.work, d.kind, d.language, d.title, d.url"
    " FROM titles JOIN documents AS d ON d.id = titles.rowid WHERE titles MATCH ?"
    " ORDER BY d.language <> ?, substr(titles.words, 1, ?) <> ?, bm25(titles, 1.0, 0.4), d.id"
    " LIMIT ?"
)
_PER_WORK = 2
"""Documents read for each work wanted: a work usually has a title per language."""


def add_title(connection: sqlite3.Connection, number: int, splitter: Splitter) -> None:
    """Make a stored document findable by the beginnings of the words of its title."""
    language, title = connection.execute(_TITLE, (number,)).fetchone()
    written = forms(title)
    parts: list[str] = []
    if known_language(language) == COMPOUNDING:
        parts = [part.text for form in written for part in splitter.parts(form)]
    connection.execute(
        "INSERT INTO titles (rowid, words, parts) VALUES (?, ?, ?)",
        (number, " ".join(written), " ".join(dict.fromkeys(parts))),
    )


def take_title(connection: sqlite3.Connection, number: int) -> None:
    """Take the title of a document out."""
    connection.execute("DELETE FROM titles WHERE rowid = ?", (number,))


def titles_with(
    connection: sqlite3.Connection, beginnings: Sequence[str], language: str, limit: int
) -> list[TitleMatch]:
    """Return the documents in whose title each beginning begins a word or a part of one."""
    asked = " AND ".join(f'"{beginning.replace(chr(34), "")}"*' for beginning in beginnings)
    first = beginnings[0]
    values = (asked, language, len(first), first, limit * _PER_WORK)
    best: dict[str, TitleMatch] = {}
    for row in connection.execute(_MATCH, values):
        found = TitleMatch(*row)
        best.setdefault(found.work, found)
    return list(best.values())[:limit]
