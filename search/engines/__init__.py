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


@lru_cache(maxsize=8)
def engine_at(url: str) -> Engine:
    """Return the engine at an address. Raises SearchAddressError when that cannot be used."""
    # Two large clients; a site with the embedded engine does without them.
    from search.engines.cluster import ClusterEngine
    from search.engines.cluster.address import read_address

    return ClusterEngine(read_address(url))


def get_engine() -> Engine:
    """Return the engine of this site: the cluster of `SEARCH_URL`, or else the embedded one."""
    if settings.SEARCH_URL:
        return engine_at(settings.SEARCH_URL)
    return _sqlite(str(settings.SEARCH_INDEX_PATH))
