"""The embedded engine: SQLite FTS5 over terms analysed in Python, in a file of its own."""

from search.engines.sqlite_fts.engine import SqliteEngine

__all__ = ["SqliteEngine"]
