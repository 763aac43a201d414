"""Read a PDF: its text with pdfium, its structure with pypdf. Runs in a sandboxed child only.

Everything comes back as JSON values, bounded, and normalised where it is text.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pypdf.errors import LimitReachedError

from kenniskamer.pagetext import lost_characters, normalise, without_repeat, words, writes_compounds
from kenniskamer.pdf_structure import PasswordNeeded, Structure, attempt
from kenniskamer.pdf_text import PdfiumText, PypdfText
from kenniskamer.suggestions import TypeRun, suggest

LABEL_CHARACTERS = 20
TYPE_PAGES = 2

Progress = Callable[[Mapping[str, Any]], None]


def extract(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file at `path` holds, within the caps given.

    `pdfium` says whether pdfium may read: not when it has died of this file before.
    Raises PasswordNeeded, and whatever pypdf raises about a file neither can read.
    """
    logging.disable()
    path, caps = arguments["path"], arguments["caps"]
    pdfium = attempt(None, lambda: PdfiumText(path)) if arguments["pdfium"] else None
    structure = _structure(path, pdfium)
    reading = _Reading(pdfium, structure, caps, progress)
    reading.read_pages()
    metadata = structure.metadata if structure else {}
    pages = _finish(reading.raw, structure.labels if structure else [])
    texts = [page["text"] for page in pages]
    return {
        "page_count": reading.page_count,
        "pages": pages,
        "cut": reading.cut,
        "tagged": structure.tagged if structure else False,
        "outline": structure.outline(caps["outline_items"]) if structure else [],
        "metadata": metadata,
        "suggestions": suggest(metadata, texts, reading.type_runs(), arguments["last_year"]),
    }


def _structure(path: str, pdfium: PdfiumText | None) -> Structure | None:
    """Open the structure; None when only pdfium can make something of the file."""
    try:
        return Structure(path)
    except (MemoryError, PasswordNeeded, LimitReachedError):
        raise
    except Exception:
        if pdfium and _holds_text(pdfium):
            return None
        raise


def _holds_text(pdfium: PdfiumText) -> bool:
    """Tell whether one of the first pages has text: pdfium opens nearly anything."""
    first = range(1, min(pdfium.page_count, TYPE_PAGES) + 1)
    return any(attempt("", partial(pdfium.read, number)).strip() for number in first)


class _Reading:
    """The pages of one file, read in order until a cap is reached."""

    def __init__(
        self,
        pdfium: PdfiumText | None,
        structure: Structure | None,
        caps: Mapping[str, int],
        progress: Progress,
    ) -> None:
        self._pdfium = pdfium
        self._pypdf = PypdfText(structure.reader) if structure else None
        self._caps = caps
        self._progress = progress
        self._characters = 0
        self.page_count = structure.page_count if structure else pdfium.page_count if pdfium else 0
        self.raw: list[str] = []
        self.cut = ""

    def read_pages(self) -> None:
        """Read page after page; one that fails is empty, but all may not fail."""
        errors = []
        for number in range(1, self.page_count + 1):
            self._progress({"page": number - 1, "pages": self.page_count})
            self.cut = self._cap_reached(number)
            if self.cut:
                return
            try:
                text = self._text(number)[: self._caps["page_characters"]]
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - a parser meets any object anywhere
                errors.append(error)
                text = ""
            self._characters += len(text)
            self.raw.append(text)
        if errors and len(errors) == self.page_count:
            raise errors[0]
        self._progress({"page": self.page_count, "pages": self.page_count})

    def _cap_reached(self, number: int) -> str:
        if number > self._caps["pages"]:
            return "pages"
        if self._characters >= self._caps["characters"]:
            return "characters"
        return "time" if time.process_time() > self._caps["cpu_seconds"] else ""

    def _text(self, number: int) -> str:
        """Return what pdfium reads, or else what pypdf does; raises its error."""
        text = attempt("", partial(self._pdfium.read, number)) if self._pdfium else ""
        if text.strip() or not self._pypdf:
            return text
        return self._pypdf.read(number)

    def type_runs(self) -> dict[int, list[TypeRun]]:
        """Return the sizes of type on the first pages, by page number."""
        reader = self._pdfium or self._pypdf
        if not reader:
            return {}
        numbers = range(1, min(TYPE_PAGES, len(self.raw)) + 1)
        return {number: attempt([], partial(reader.type_runs, number)) for number in numbers}


def _finish(raw: Sequence[str], labels: Sequence[str]) -> list[dict[str, Any]]:
    """Normalise every page by the words of the whole file."""
    vocabulary = words(raw)
    compounds = writes_compounds(raw)
    pages = []
    for index, text in enumerate(raw):
        label = str(labels[index]) if index < len(labels) else ""
        clean = normalise(text, vocabulary, compounds=compounds)
        pages.append(
            {
                "label": normalise(label)[:LABEL_CHARACTERS],
                "text": without_repeat(clean),
                "lost": lost_characters(text),
            }
        )
    return pages
