"""The words of the index: their frequencies, the pieces of compounds, and their trigrams.

`words` counts every word per language and follows each change. `bound` holds pieces that
stand inside compounds only; those are learned when the index is built. `spelling` finds
words that look alike by the groups of three letters they share.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from search.analysis import LANGUAGES, known_language, term_of
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import bound_terms

SHORTEST_WORD = 3
LONGEST_WORD = 40
MOST_SIMILAR = 60

DDL = """
CREATE TABLE words (
    id INTEGER PRIMARY KEY, language TEXT NOT NULL, word TEXT NOT NULL, term TEXT NOT NULL,
    count INTEGER NOT NULL, UNIQUE (language, word)
);
CREATE INDEX words_by_term ON words (language, term, count);
CREATE TABLE bound (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE spelling USING fts5(word, content = '', tokenize = 'trigram');
"""
_COUNT = (
    "INSERT INTO words (language, word, term, count) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (language, word) DO UPDATE SET count = count + excluded.count"
)
_FREQUENCY = "SELECT sum(count) FROM words WHERE language = ? AND term = ?"
_SIMILAR = (
    "SELECT word, count FROM words WHERE language = ? AND id IN"
    " (SELECT rowid FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT ?)"
)
_BEGINNING = (
    "SELECT word, term FROM words WHERE language = ? AND word > ? AND word < ?"
    " AND term <> '' AND count > 0 ORDER BY count DESC, word LIMIT ?"
)
_LAST_LETTER = "\U0010ffff"
_FORMS_PER_TERM = 4
"""How many forms of a word are read on average to find one of each."""


def countable(forms: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs that can be a word of a language."""
    return Counter(
        form for form in forms if SHORTEST_WORD <= len(form) <= LONGEST_WORD and form.isalpha()
    )


def add_words(connection: sqlite3.Connection, language: str, counts: Mapping[str, int]) -> None:
    """Count words of a text that came in."""
    rows = [(language, word, term_of(word, language), count) for word, count in counts.items()]
    connection.executemany(_COUNT, rows)


def spell_words(connection: sqlite3.Connection, language: str, words: Iterable[str]) -> None:
    """Make words findable by their letters, those that came in just now."""
    connection.execute(
        "INSERT INTO spelling (rowid, word) SELECT id, '^' || word || '$' FROM words"
        " WHERE language = ? AND word IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM spelling_docsize AS known WHERE known.id = words.id)",
        (language, json.dumps(list(words))),
    )


def spell_all(connection: sqlite3.Connection) -> None:
    """Make all words findable by their letters."""
    connection.execute(
        "INSERT INTO spelling (rowid, word) SELECT id, '^' || word || '$' FROM words"
    )


def take_words(connection: sqlite3.Connection, language: str, counts: Mapping[str, int]) -> None:
    """Discount words of a text that goes; a word nobody uses is kept at nothing."""
    rows = [(count, language, word) for word, count in counts.items()]
    connection.executemany(
        "UPDATE words SET count = count - ? WHERE language = ? AND word = ?", rows
    )


def learn_bound(connection: sqlite3.Connection) -> Callable[[str], int]:
    """Learn which pieces live inside compounds only; return the frequencies to split with."""
    sql = "SELECT word, term, count FROM words WHERE language = ?"
    rows = connection.execute(sql, (COMPOUNDING,)).fetchall()
    counts: Counter[str] = Counter()
    for _, term, count in rows:
        if term:
            counts[term] += count
    bound = bound_terms((word for word, _, _ in rows), counts.__getitem__)
    connection.executemany("INSERT INTO bound VALUES (?)", [(term,) for term in bound])
    counts.update(dict.fromkeys(bound, 1))
    return counts.__getitem__


def frequency(connection: sqlite3.Connection, term: str, language: str) -> int:
    """Return how often a term is used; a piece of compounds counts once."""
    count = connection.execute(_FREQUENCY, (language, term)).fetchone()[0]
    if count or language != COMPOUNDING:
        return max(0, int(count or 0))
    return len(connection.execute("SELECT 1 FROM bound WHERE term = ?", (term,)).fetchall())


def similar(connection: sqlite3.Connection, word: str, language: str) -> list[tuple[str, int]]:
    """Return the words that share most groups of three letters with a word."""
    edged = f"^{word}$"
    groups = dict.fromkeys(edged[at : at + 3] for at in range(len(edged) - 2))
    asked = " OR ".join(f'"{group}"' for group in groups if '"' not in group)
    if not asked:
        return []
    return [
        (found, count)
        for found, count in connection.execute(_SIMILAR, (language, asked, MOST_SIMILAR))
        if count > 0
    ]


def words_beginning(
    connection: sqlite3.Connection, beginning: str, language: str, limit: int
) -> list[tuple[str, str]]:
    """Return the words that go on from a beginning, each with its language."""
    own = known_language(language)
    found: list[tuple[str, str]] = []
    for tag in sorted(LANGUAGES, key=lambda tag: tag != own):
        asked = (tag, beginning, beginning + _LAST_LETTER, limit * _FORMS_PER_TERM)
        best = {term_of(beginning, tag): ""}  # other forms of the same word say nothing new
        for word, term in connection.execute(_BEGINNING, asked):
            best.setdefault(term, word)
        known = {word for word, _ in found}
        found += [(word, tag) for word in best.values() if word and word not in known]
    return found[:limit]
