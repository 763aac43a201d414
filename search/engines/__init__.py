"""Search engines, and the one this site uses."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.sqlite_fts import SqliteEngine


@lru_cache(maxsize=8)
def _sqlite(path: str) -> SqliteEngine:
    return SqliteEngine(Path(path))


def get_engine() -> Engine:
    """Return the engine of this site."""
    return _sqlite(str(settings.SEARCH_INDEX_PATH))
