"""The engines that tests run over: the embedded one, and a cluster when one is running.

`SEARCH_TEST_URL` names a node, such as `http://localhost:9200`. Every test gets index names
of its own there and clears them afterwards.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import Engine
from search.engines.cluster import ClusterEngine
from search.engines.cluster.address import read_address
from search.engines.sqlite_fts import SqliteEngine
from tests.conftest import missing

ENGINES = ("sqlite", "cluster")


@contextmanager
def fresh_engine(name: str, folder: Path) -> Iterator[Engine]:
    """Give an engine without an index; skip when it is not there."""
    if name == "sqlite":
        yield SqliteEngine(folder / "search.sqlite3")
    else:
        with cluster_url() as url:
            yield ClusterEngine(read_address(url))


@contextmanager
def cluster_url() -> Iterator[str]:
    """Give the address of a running node with an unused prefix, and clear it afterwards."""
    node = os.environ.get("SEARCH_TEST_URL", "").rstrip("/")
    if not node:
        missing("cluster", "set SEARCH_TEST_URL to a running Elasticsearch or OpenSearch node")
    url = f"{node}/test-{uuid.uuid4().hex[:12]}"
    try:
        yield url
    finally:
        ClusterEngine(read_address(url)).remove()
