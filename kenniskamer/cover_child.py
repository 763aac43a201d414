"""Draw the first page of a PDF. Runs in a sandboxed child only."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from typing import Any

import pypdfium2

WIDTH, HEIGHT = 400, 700
"""Largest size of a cover in pixels; the scale follows from it, so that the size
a page claims to have costs nothing."""


def draw(arguments: Mapping[str, Any], progress: Callable[[Mapping[str, Any]], None]) -> str:
    """Return the first page of the file at `path` as WebP in base64."""
    document = pypdfium2.PdfDocument(arguments["path"])
    page = document[0]
    width, height = page.get_size()
    picture = page.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil()
    file = io.BytesIO()
    picture.convert("RGB").save(file, "WEBP", quality=80)
    return base64.b64encode(file.getvalue()).decode()
