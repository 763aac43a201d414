"""Tables of the index file.

Every analysis language has its own FTS5 table, so that how rare a word is, and
how long a text is, are weighed among texts of that language only. A document
and each of its passages are rows there: row number `document << 16 | n`, where
n is 0 for the document itself and counts its passages from 1. The column
`exact` holds the same text as plain folded words, each with a `=` before it,
so that a stem and a word never meet. `parts` holds the parts of the compounds in
a row, each once; `kept_parts` remembers them, for the words they were learned from
change with the library.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from urllib.parse import quote

from search.analysis import ANALYSIS_VERSION, LANGUAGES, OTHER
from search.engines.base import MOST_PASSAGES, SearchUnavailable
from search.engines.sqlite_fts.titles import DDL as TITLES
from search.engines.sqlite_fts.words import DDL as WORDS

SCHEMA_VERSION = 4
VERSION = SCHEMA_VERSION * 1000 + ANALYSIS_VERSION
PASSAGE_BITS = MOST_PASSAGES.bit_length()
BUSY_SECONDS = 20.0
CACHE_KIB = 16_000
"""Pages of the index kept in memory per reading thread."""

TABLES = {language: f"entries_{language}" for language in (*LANGUAGES, OTHER)}

_DDL = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, work TEXT NOT NULL, kind TEXT NOT NULL,
    language TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, summary TEXT NOT NULL,
    body TEXT NOT NULL, themes TEXT NOT NULL, year INTEGER, date TEXT, card TEXT
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, locator TEXT NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
    language TEXT NOT NULL, url TEXT NOT NULL
);
CREATE TABLE kept_parts (id INTEGER PRIMARY KEY, parts TEXT NOT NULL);
CREATE TABLE changes (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL);
"""
_FTS = (
    "CREATE VIRTUAL TABLE {table} USING fts5("
    "title, summary, body, exact, parts, content = '', tokenize = \"ascii tokenchars '=+#'\")"
)


def create(path: Path) -> sqlite3.Connection:
    """Make an empty index file and return a connection that writes to it."""
    connection = _connect(path, "rwc")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_DDL + WORDS + TITLES)
    for table in TABLES.values():
        connection.execute(_FTS.format(table=table))
    connection.execute("INSERT INTO about VALUES ('build', ?)", (uuid.uuid4().hex,))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    return connection


def open_existing(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open an index of the present version, or raise SearchUnavailable."""
    try:
        connection = _connect(path, "rw")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise SearchUnavailable(f"The search index cannot be opened: {error}") from error
    if found != VERSION:
        connection.close()
        raise SearchUnavailable(f"The search index has version {found}, not {VERSION}.")
    connection.execute("PRAGMA synchronous = NORMAL")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    return connection


def rows_of(document: int) -> tuple[int, int]:
    """Return the first and last row number of a document and its passages."""
    return document << PASSAGE_BITS, (document << PASSAGE_BITS) | MOST_PASSAGES


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # Autocommit: transactions are opened by name, so that none is left open by reading.
    uri = f"file:{quote(str(path))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
