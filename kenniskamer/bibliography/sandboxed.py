"""Read references that a stranger wrote: in the sandbox, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from tempfile import NamedTemporaryFile
from typing import Any

from core import sandbox
from core.sandbox import LIMIT_ENDINGS, Ending, Heartbeat, Limits
from kenniskamer.bibliography.reading import Flaw, Found, unreadable

READ = "kenniskamer.bibliography.child:read_file"
LIMITS = Limits(cpu_seconds=60, memory_bytes=768 << 20, output_bytes=128 << 20)

MOST_BYTES = 20_000_000
"""Bytes of one file of references: some ten thousand records with abstracts."""


def read(
    content: bytes, *, limits: Limits = LIMITS, on_heartbeat: Heartbeat | None = None
) -> list[Found]:
    """Return every record in the bytes of a file; never raises because of what they hold.

    When a limit ends the reading, what was read until then is there, and then one
    more that says so.
    """
    found: list[Found] = []

    def collect(values: Mapping[str, Any]) -> None:
        found.extend(Found.from_json(one) for one in values.get("found", ()))

    with NamedTemporaryFile(prefix="references-") as file:
        file.write(content)
        file.flush()
        outcome = sandbox.run(
            READ,
            {"path": file.name},
            limits=limits,
            on_progress=collect,
            on_heartbeat=on_heartbeat,
        )
    if outcome.ending is not Ending.OK:
        line = found[-1].line if found else 1
        flaw = Flaw.LIMIT if outcome.ending in LIMIT_ENDINGS else Flaw.SYNTAX
        found.append(unreadable(line, flaw, detail=outcome.error or outcome.ending.value))
    return found
