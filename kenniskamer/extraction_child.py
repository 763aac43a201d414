"""Read a PDF with pypdf. Runs in a sandboxed child only.

Everything comes back as JSON values, bounded, and normalised where it is text.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.generic import Destination

from kenniskamer.pagetext import lost_characters, normalise, without_repeat, words, writes_compounds
from kenniskamer.suggestions import TypeRun, suggest

METADATA_CHARACTERS = 500
XMP_BYTES = 1_000_000
LABEL_CHARACTERS = 20
OUTLINE_DEPTH = 6
TYPE_RUNS = 400
TYPE_PAGES = 2

INFO_FIELDS = ("title", "author", "subject", "keywords", "creator", "producer", "creation_date_raw")
XMP_DOI = re.compile(rb"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]{1,200}")

Progress = Callable[[Mapping[str, Any]], None]


class PasswordNeeded(Exception):
    """The file does not open with the empty password."""


def extract(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file at `path` holds, within the caps given.

    Raises PasswordNeeded, and whatever pypdf raises about a file it cannot read.
    """
    logging.disable()
    reader = PdfReader(arguments["path"])
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PasswordNeeded
    reading = _Reading(reader, arguments["caps"], progress)
    reading.read_pages()
    metadata = _metadata(reader)
    pages = _finish(reading.raw, reading.labels)
    texts = [page["text"] for page in pages]
    return {
        "page_count": reading.page_count,
        "pages": pages,
        "failed_pages": reading.failed,
        "cut": reading.cut,
        "tagged": _or(False, lambda: bool(reader.root_object["/MarkInfo"]["/Marked"])),
        "outline": _or([], lambda: _outline(reader, arguments["caps"]["outline_items"])),
        "metadata": metadata,
        "suggestions": suggest(metadata, texts, reading.type_runs, arguments["last_year"]),
    }


class _Reading:
    """The pages of one file, read in order until a cap is reached."""

    def __init__(self, reader: PdfReader, caps: Mapping[str, int], progress: Progress) -> None:
        self._reader = reader
        self._caps = caps
        self._progress = progress
        self._characters = 0
        self.page_count = len(reader.pages)
        self.labels: Sequence[str] = _or([], lambda: reader.page_labels)
        self.raw: list[str] = []
        self.type_runs: dict[int, list[TypeRun]] = {}
        self.failed = 0
        self.cut = ""

    def read_pages(self) -> None:
        """Read page after page; one that fails is empty, but all may not fail."""
        first_error: Exception | None = None
        for number in range(1, self.page_count + 1):
            self._progress({"page": number - 1, "pages": self.page_count})
            self.cut = self._cap_reached(number)
            if self.cut:
                return
            try:
                self._read_page(number)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - pypdf meets any object anywhere
                first_error = first_error or error
                self.failed += 1
                self.raw.append("")
        if first_error and self.failed == self.page_count:
            raise first_error
        self._progress({"page": self.page_count, "pages": self.page_count})

    def _cap_reached(self, number: int) -> str:
        if number > self._caps["pages"]:
            return "pages"
        if self._characters >= self._caps["characters"]:
            return "characters"
        return "time" if time.process_time() > self._caps["cpu_seconds"] else ""

    def _read_page(self, number: int) -> None:
        page = self._reader.pages[number - 1]
        if number <= TYPE_PAGES:
            text, self.type_runs[number] = _text_and_type(page)
        else:
            text = page.extract_text()
        text = text[: self._caps["page_characters"]]
        self._characters += len(text)
        self.raw.append(text)


def _text_and_type(page: PageObject) -> tuple[str, list[TypeRun]]:
    """Return the text of a page and the sizes its pieces are set in."""
    runs: list[TypeRun] = []

    def visit(
        text: str, matrix: Sequence[float], text_matrix: Sequence[float], _font: Any, size: float
    ) -> None:
        piece = normalise(text[:METADATA_CHARACTERS])
        if piece and len(runs) < TYPE_RUNS:
            scale = _scale(matrix) * _scale(text_matrix)
            runs.append(TypeRun(min(abs(float(size)) * scale, 10_000.0), piece))

    return page.extract_text(visitor_text=visit), runs


def _scale(matrix: Sequence[float]) -> float:
    """Return how much a transformation enlarges, measured along the line of text."""
    return float((float(matrix[0]) ** 2 + float(matrix[1]) ** 2) ** 0.5)


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


def _metadata(reader: PdfReader) -> dict[str, str]:
    """Return what the Info dictionary and XMP say, cut and cleaned."""
    info = _or(None, lambda: reader.metadata)
    found = {name: _or("", partial(getattr, info, name)) or "" for name in INFO_FIELDS}
    if info:
        found["doi"] = _or("", lambda: info.get("/doi") or info.get("/WPS-ARTICLEDOI") or "")
    found["language"] = _or("", lambda: reader.root_object["/Lang"])
    found["xmp_title"] = _or("", lambda: _xmp_title(reader))
    found["xmp_doi"] = _or("", lambda: _xmp_doi(reader))
    return {
        name: text
        for name, value in found.items()
        if (text := normalise(str(value)[:METADATA_CHARACTERS]))
    }


def _xmp_title(reader: PdfReader) -> str:
    titles = reader.xmp_metadata.dc_title if _xmp(reader) else {}
    return next(iter(titles.values()), "") if titles else ""


def _xmp_doi(reader: PdfReader) -> str:
    match = XMP_DOI.search(_xmp(reader))
    return match[0].decode("ascii") if match else ""


def _xmp(reader: PdfReader) -> bytes:
    """Return the XMP packet; b"" when it is too large to be one."""
    data: bytes = reader.root_object["/Metadata"].get_data()
    return data if len(data) <= XMP_BYTES else b""


def _outline(reader: PdfReader, most: int) -> list[dict[str, Any]]:
    """Return the headings of the outline: title, level from 0, page from 1."""
    items: list[dict[str, Any]] = []

    def walk(entries: Sequence[Any], level: int) -> None:
        for entry in entries:
            if len(items) >= most:
                return
            if isinstance(entry, Destination):
                number = _or(None, partial(reader.get_destination_page_number, entry))
                title = normalise(str(entry.title)[:METADATA_CHARACTERS])
                page = number + 1 if isinstance(number, int) and number >= 0 else None
                items.append({"title": title, "level": level, "page": page})
            elif level < OUTLINE_DEPTH:
                walk(entry, level + 1)

    walk(reader.outline, 0)
    return items


def _or(otherwise: Any, read: Callable[[], Any]) -> Any:
    """Read something a file may lack or get wrong; the text does not depend on it."""
    try:
        return read()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf meets any object anywhere
        return otherwise
