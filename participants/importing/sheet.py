"""Reading a list of people as spreadsheets write it. Pure: no Django models.

CSV as in RFC 4180, and as Excel and LibreOffice really save it: UTF-8 with or without
a mark, UTF-16 ("Unicode text"), Windows-1252; columns parted by `;`, `,` or a tab.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 8_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 1000
SEPARATORS = (";", ",", "\t")
LINES_TRIED = 50
"""Lines by which the separator is found."""

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NO_LISTS = (b"%PDF-", b"{\\rtf", b"%!PS")
"""Beginnings of files that may pass for text."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class SheetError(ValueError):
    """A file that is no list we can read. Its text says what to do, to the editor."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. `line` is where it begins in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was read; rows that hold nothing are left out."""

    rows: tuple[SheetRow, ...]
    encoding: str
    separator: str

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


def read_sheet(content: bytes) -> Sheet:
    """Read a file. Raises SheetError with one clear sentence when that cannot be done."""
    if len(content) > MOST_BYTES:
        raise SheetError(
            _("This file is larger than %(most)d MB. Split it, and import the parts.")
            % {"most": MOST_BYTES // 1_000_000}
        )
    text, encoding = decoded(content)
    text, separator = _told_separator(text)
    separator = separator or likely_separator(text)
    return Sheet(tuple(_rows(text, separator)), encoding, separator)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the encoding it had."""
    if content.startswith((_ZIP, _OLD_OFFICE)):
        raise SheetError(
            _("This is a workbook. Open it in your spreadsheet program and save it as CSV.")
        )
    if content.startswith(_NO_LISTS):
        raise SheetError(_not_text())
    for encoding in [name for mark, name in _MARKS if content.startswith(mark)] or ["utf-8"]:
        try:
            return _plain(content.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    # Five bytes mean nothing in Windows-1252; they become the sign for "unknown".
    return _plain(content.decode("cp1252", errors="replace")), "cp1252"


def _not_text() -> str:
    return _("This is not a text file. Save your list as CSV and try again.")


def _plain(text: str) -> str:
    """Refuse what is no text, and give every line the same end."""
    if "\x00" in text:
        raise SheetError(_not_text())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _told_separator(text: str) -> tuple[str, str]:
    """Take off the line `sep=;` with which Excel may begin."""
    first, _end, rest = text.partition("\n")
    told = first.strip("\ufeff ").lower()
    if told.startswith("sep=") and told[4:5] in SEPARATORS:
        return rest, told[4]
    return text, ""


def likely_separator(text: str) -> str:
    """Return the separator by which most lines fall into the same number of columns.

    A name may hold a comma ("Jansen, Jan"), so the most columns alone say little.
    """
    lines = "\n".join(text.split("\n", LINES_TRIED)[:LINES_TRIED])
    return max(SEPARATORS, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: str, separator: str) -> tuple[int, int]:
    """Return how many rows have the commonest number of columns, and that number."""
    try:
        widths = Counter(len(cells) for cells in _reader(lines, separator) if cells)
    except csv.Error:
        return 0, 0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0, 0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return count, width


def _reader(text: str, separator: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _rows(text: str, separator: str) -> Iterable[SheetRow]:
    """Yield the rows that hold something; stop with a clear sentence at too many."""
    # Strict: else one quotation mark that is not closed quietly swallows the rest of the list.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, found = 1, 0
    try:
        for cells in reader:
            begins, line = line, reader.line_num + 1
            kept = tuple(" ".join(cell.split())[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS])
            if not any(kept):
                continue
            found += 1
            if found > MOST_ROWS + 1:
                raise SheetError(
                    _("This list has more than %(most)d rows. Split it, and import the parts.")
                    % {"most": MOST_ROWS}
                )
            yield SheetRow(begins, kept)
    except csv.Error as error:
        raise SheetError(
            _(
                "Line %(line)d cannot be read: a quotation mark is out of place. Mend it and try again."
            )
            % {"line": line}
        ) from error
