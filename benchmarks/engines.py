"""The engine to measure: `sqlite`, or the address of an Elasticsearch or OpenSearch node."""

from __future__ import annotations

import argparse
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from search.engines.base import Engine
from search.engines.cluster import ClusterEngine
from search.engines.cluster.address import read_address
from search.engines.sqlite_fts import SqliteEngine

SQLITE = "sqlite"


def add_engine_option(parser: argparse.ArgumentParser) -> None:
    """Declare `--engine`."""
    parser.add_argument(
        "--engine", default=SQLITE, metavar="sqlite|URL", help="what to measure (default: sqlite)"
    )


@contextmanager
def scratch_engine(name: str) -> Iterator[Engine]:
    """Give an empty engine, and leave nothing of it behind.

    In a cluster our indexes get names that nothing else uses; a prefix in the address is
    left out.
    """
    if name == SQLITE:
        with tempfile.TemporaryDirectory() as folder:
            yield SqliteEngine(Path(folder) / "search.sqlite3")
        return
    prefix = f"benchmark-{uuid.uuid4().hex[:12]}"
    engine = ClusterEngine(replace(read_address(name), prefix=prefix))
    try:
        yield engine
    finally:
        engine.remove()
