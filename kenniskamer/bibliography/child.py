"""The sandbox's side of reading references. Runs without settings and without a database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kenniskamer.bibliography.formats import read

BATCH = 100
"""Records told at once: what was told stays when a limit ends the rest."""


def read_file(arguments: Mapping[str, Any], progress: Callable[[Mapping[str, Any]], None]) -> int:
    """Tell every record in the file at `path`, and return how many there are."""
    logging.disable()
    batch: list[dict[str, Any]] = []
    count = 0
    for found in read(Path(arguments["path"]).read_bytes()):
        count += 1
        batch.append(found.as_json())
        if len(batch) == BATCH:
            progress({"found": batch})
            batch = []
    progress({"found": batch})
    return count
