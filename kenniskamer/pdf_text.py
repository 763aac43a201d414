"""The text of the pages of a PDF, by two readers. Runs in a sandboxed child only.

pdfium reads as well as pypdf and nine times as fast; pypdf reads the pages pdfium
cannot, and tells the sizes of type.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from ctypes import byref
from itertools import groupby
from typing import Any, TypeVar

import pypdfium2
from pypdf import PdfReader
from pypdfium2 import raw

from kenniskamer.pagetext import normalise
from kenniskamer.suggestions import TypeRun

TYPE_RUNS = 400
TYPE_CHARACTERS = 10_000
RUN_CHARACTERS = 500
LARGEST_TYPE = 10_000.0

Taken = TypeVar("Taken")


class PdfiumText:
    """The text of the pages as pdfium reads it."""

    def __init__(self, path: str) -> None:
        """Open the file; raises PdfiumError when pdfium cannot."""
        self._document = pypdfium2.PdfDocument(path)

    @property
    def page_count(self) -> int:
        """How many pages pdfium sees."""
        return len(self._document)

    def read(self, number: int) -> str:
        """Return the text of page `number`, from 1; raises PdfiumError when it cannot."""
        return self._on_page(number, lambda text: str(text.get_text_range()))

    def type_runs(self, number: int) -> list[TypeRun]:
        """Return the pieces of text on a page and the sizes they are set in, in points."""
        return self._on_page(number, lambda text: _runs(text.raw))

    def _on_page(self, number: int, take: Callable[[Any], Taken]) -> Taken:
        page = self._document[number - 1]
        text = page.get_textpage()
        try:
            return take(text)
        finally:
            text.close()
            page.close()


def _runs(text: Any) -> list[TypeRun]:
    runs = []
    for size, group in groupby(_sized_words(text), key=lambda pair: pair[0]):
        piece = normalise("".join(word for _, word in group)[:RUN_CHARACTERS])
        if piece:
            runs.append(TypeRun(size, piece))
    return runs[:TYPE_RUNS]


def _sized_words(text: Any) -> Iterator[tuple[float, str]]:
    """Yield the words of a page, each with the space after it, and their sizes."""
    word, size = "", 0.0
    for index in range(min(raw.FPDFText_CountChars(text), TYPE_CHARACTERS)):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if not word:
            size = _size(text, index)
        word += character
        if character.isspace():
            yield size, word
            word = ""
    yield size, word


def _size(text: Any, index: int) -> float:
    """Return the size of a character as it is printed, not as the font was called."""
    matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFText_GetMatrix(text, index, byref(matrix))
    size = abs(raw.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.a, matrix.b)
    return min(round(size, 1), LARGEST_TYPE)


class PypdfText:
    """The text of the pages as pypdf reads it."""

    def __init__(self, reader: PdfReader) -> None:
        self._pages = reader.pages

    def read(self, number: int) -> str:
        """Return the text of page `number`, from 1; raises whatever pypdf meets."""
        return self._pages[number - 1].extract_text()

    def type_runs(self, number: int) -> list[TypeRun]:
        """Return the pieces of text on a page and the sizes they are set in."""
        runs: list[TypeRun] = []

        def visit(
            text: str,
            matrix: Sequence[float],
            text_matrix: Sequence[float],
            _font: Any,
            size: float,
        ) -> None:
            piece = normalise(text[:RUN_CHARACTERS])
            if piece and len(runs) < TYPE_RUNS:
                scale = _scale(matrix) * _scale(text_matrix)
                runs.append(TypeRun(min(abs(float(size)) * scale, LARGEST_TYPE), piece))

        self._pages[number - 1].extract_text(visitor_text=visit)
        return runs


def _scale(matrix: Sequence[float]) -> float:
    """Return how much a transformation enlarges, measured along the line of text."""
    return float((float(matrix[0]) ** 2 + float(matrix[1]) ** 2) ** 0.5)
