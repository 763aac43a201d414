"""Text recognition (OCR) for scans: with Tesseract, where the operator has installed it.

A page that is only a picture is drawn and read in a sandboxed child of its own, so
that one bad page costs no other. What comes out is marked as recognised: it may
hold mistakes, and readers are told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from core import sandbox
from core.sandbox import Ending, Heartbeat, Limits
from kenniskamer import tesseract
from kenniskamer.enums import SourceState
from kenniskamer.extraction import Extraction, PageProgress, with_recognised
from kenniskamer.pagetext import normalise, words, writes_compounds

logger = logging.getLogger(__name__)

RECOGNISE = "kenniskamer.recognition_child:recognise"
LIMITS = Limits(cpu_seconds=60, wall_seconds=180, output_bytes=1 << 20)
MOST_PAGES = 200
"""A page takes seconds: a longer scan is read in part, so that other files get their turn."""

MOST_SECONDS = 600.0
"""CPU time for the pages of one file together; the rest stays without text, for the same reason."""

PART_WITHOUT_TEXT = 0.1
"""A report has empty pages and pictures; from this share on, part of it was scanned."""

FEWEST_LETTERS = 10
FEWEST_LETTERS_SHARE = 0.5
"""What is seen in a photograph is mostly specks."""


def recognise(
    path: Path,
    extraction: Extraction,
    *,
    on_page: PageProgress | None = None,
    on_heartbeat: Heartbeat | None = None,
) -> Extraction:
    """Return the extraction with the text of its scanned pages, where these could be read.

    `on_page` gets the number of pages read and the number that are scanned.
    """
    numbers = pages_to_recognise(extraction)
    if not numbers or not tesseract.is_available():
        return extraction
    found, spent = {}, 0.0
    for done, number in enumerate(numbers):
        if spent > MOST_SECONDS:
            logger.info("Text recognition stopped after %s of %s pages", done, len(numbers))
            break
        if on_page:
            on_page(done, len(numbers))
        text, seconds = _page(path, number, on_heartbeat)
        spent += seconds
        if text:
            found[number] = text
    return with_recognised(extraction, dict(_clean(found)))


def pages_to_recognise(extraction: Extraction) -> list[int]:
    """Return the numbers of the pages that seem to be scans, from 1."""
    if extraction.state not in (SourceState.NO_TEXT, SourceState.READY):
        return []
    empty = [n for n, page in enumerate(extraction.pages, start=1) if not _is_text(page.text)]
    scanned = len(empty) >= PART_WITHOUT_TEXT * len(extraction.pages)
    return empty[:MOST_PAGES] if scanned else []


def _page(path: Path, number: int, on_heartbeat: Heartbeat | None) -> tuple[str, float]:
    """Return the text of a page and the CPU seconds it took, by the clock where it was cut off."""
    outcome = sandbox.run(
        RECOGNISE,
        {
            "path": str(path),
            "number": number,
            "command": tesseract.command(),
            "languages": tesseract.languages(),
        },
        limits=LIMITS,
        on_heartbeat=on_heartbeat,
    )
    if outcome.ending is not Ending.OK:
        logger.info("Text recognition of a page ended as %s %s", outcome.ending, outcome.error)
        # The time of a Tesseract that was killed is not in the child's own.
        return "", outcome.wall_seconds
    return str(outcome.value), outcome.cpu_seconds


def _clean(found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Normalise the pages by the words of all of them; leave out those with specks only."""
    vocabulary = words(found.values())
    compounds = writes_compounds(found.values())
    for number, raw in found.items():
        text = normalise(raw, vocabulary, compounds=compounds)
        if _is_text(text):
            yield number, text


def _is_text(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    signs = sum(not sign.isspace() for sign in text)
    return letters >= FEWEST_LETTERS and letters >= FEWEST_LETTERS_SHARE * signs
