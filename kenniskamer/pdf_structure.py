"""What a PDF says about itself: metadata, outline, labels, tags. Runs in a sandboxed child only.

pypdf reads it, and sets limits of its own on what a file may make it do. Every part
can be missing or wrong without harm to the others, and all of it comes back as JSON
values, bounded, and normalised where it is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.generic import Destination

from kenniskamer.pagetext import normalise

METADATA_CHARACTERS = 500
XMP_BYTES = 1_000_000
OUTLINE_DEPTH = 6

INFO_FIELDS = ("title", "author", "subject", "keywords", "creator", "producer", "creation_date_raw")
XMP_DOI = re.compile(rb"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]{1,200}")


class PasswordNeeded(Exception):
    """The file does not open with the empty password."""


class Structure:
    """The structure of one file."""

    def __init__(self, path: str) -> None:
        """Open the file.

        Raises PasswordNeeded, and whatever pypdf raises about a file it cannot read.
        """
        self.reader = PdfReader(path)
        if self.reader.is_encrypted and not self._opens_without_password():
            raise PasswordNeeded
        self.page_count = len(self.reader.pages)

    def _opens_without_password(self) -> bool:
        return self.reader.decrypt("") is not PasswordType.NOT_DECRYPTED

    @property
    def labels(self) -> Sequence[str]:
        """The printed page numbers, one for each page; empty when there are none."""
        return attempt([], lambda: self.reader.page_labels)

    @property
    def tagged(self) -> bool:
        """Whether the file says it is tagged for accessibility (ISO 32000-1, 14.7.1)."""
        return attempt(False, lambda: bool(self.reader.root_object["/MarkInfo"]["/Marked"]))

    @property
    def metadata(self) -> dict[str, str]:
        """What the Info dictionary and XMP say, cut and cleaned."""
        info = attempt(None, lambda: self.reader.metadata)
        found = {name: attempt("", partial(getattr, info, name)) or "" for name in INFO_FIELDS}
        if info:
            found["doi"] = attempt("", lambda: info.get("/doi") or info.get("/WPS-ARTICLEDOI"))
        found["language"] = attempt("", lambda: self.reader.root_object["/Lang"])
        found["xmp_title"] = attempt("", self._xmp_title)
        found["xmp_doi"] = attempt("", self._xmp_doi)
        return {
            name: text
            for name, value in found.items()
            if (text := normalise(str(value or "")[:METADATA_CHARACTERS]))
        }

    def _xmp_title(self) -> str:
        titles = self.reader.xmp_metadata.dc_title if self._xmp() else {}
        return next(iter(titles.values()), "") if titles else ""

    def _xmp_doi(self) -> str:
        match = XMP_DOI.search(self._xmp())
        return match[0].decode("ascii") if match else ""

    def _xmp(self) -> bytes:
        """Return the XMP packet; b"" when it is too large to be one."""
        data: bytes = self.reader.root_object["/Metadata"].get_data()
        return data if len(data) <= XMP_BYTES else b""

    def outline(self, most: int) -> list[dict[str, Any]]:
        """Return the headings of the outline: title, level from 0, page from 1."""
        items: list[dict[str, Any]] = []
        attempt(None, lambda: self._walk(self.reader.outline, 0, items, most))
        return items

    def _walk(
        self, entries: Sequence[Any], level: int, items: list[dict[str, Any]], most: int
    ) -> None:
        for entry in entries:
            if len(items) >= most:
                return
            if isinstance(entry, Destination):
                number = attempt(None, partial(self.reader.get_destination_page_number, entry))
                title = normalise(str(entry.title)[:METADATA_CHARACTERS])
                page = number + 1 if isinstance(number, int) and number >= 0 else None
                items.append({"title": title, "level": level, "page": page})
            elif level < OUTLINE_DEPTH:
                self._walk(entry, level + 1, items, most)


def attempt(otherwise: Any, read: Callable[[], Any]) -> Any:
    """Read something a file may lack or get wrong; the rest does not depend on it."""
    try:
        return read()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a parser meets any object anywhere
        return otherwise
