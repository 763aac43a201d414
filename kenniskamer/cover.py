"""The cover of a source file: its first page, drawn in a child of its own.

Drawing has no limits of its own and can end in any way; the text never depends
on it.
"""

from __future__ import annotations

import base64
import binascii
import logging
from pathlib import Path

from core import sandbox
from core.sandbox import Ending, Heartbeat, Limits

logger = logging.getLogger(__name__)

LIMITS = Limits(cpu_seconds=20, wall_seconds=100, output_bytes=4 << 20)
DRAW = "kenniskamer.cover_child:draw"
WEBP = (b"RIFF", b"WEBP")


def draw(path: Path, on_heartbeat: Heartbeat | None = None) -> bytes | None:
    """Return the cover of a PDF as WebP, or None when it cannot be drawn."""
    outcome = sandbox.run(DRAW, {"path": str(path)}, limits=LIMITS, on_heartbeat=on_heartbeat)
    if outcome.ending is not Ending.OK:
        logger.info("No cover: %s %s", outcome.ending, outcome.error)
        return None
    try:
        picture = base64.b64decode(outcome.value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        return None
    return picture if (picture[:4], picture[8:12]) == WEBP else None
