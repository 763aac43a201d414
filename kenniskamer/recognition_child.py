"""Read one page that is a picture, with Tesseract. Runs in a sandboxed child only.

pdfium draws the page, Tesseract reads the drawing from a pipe: neither writes a file,
and both live under the limits of the child.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

import pypdfium2

DOTS_PER_INCH = 300
"""What Tesseract's own guide asks for; more costs time and finds no more."""

POINTS_PER_INCH = 72
LONGEST_SIDE = 5_000
"""Pixels: an A3 at 300 dots per inch. The size a page claims to have costs nothing."""


def recognise(arguments: Mapping[str, Any], progress: Callable[[Mapping[str, Any]], None]) -> str:
    """Return the text Tesseract sees on page `number` of the file at `path`.

    Raises CalledProcessError when Tesseract fails, PdfiumError when the page cannot be drawn.
    """
    picture = _draw(arguments["path"], arguments["number"])
    done = subprocess.run(  # noqa: S603 - the operator's own command, no shell
        [arguments["command"], "stdin", "stdout", "-l", arguments["languages"]],
        input=picture,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "replace")


def _draw(path: str, number: int) -> bytes:
    """Draw a page in grey, as PNG."""
    page = pypdfium2.PdfDocument(path)[number - 1]
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, LONGEST_SIDE / max(page.get_size()))
    file = io.BytesIO()
    picture = page.render(scale=scale, grayscale=True).to_pil()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()
