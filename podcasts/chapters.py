"""Chapters in the forms that apps read: JSON (Podcasting 2.0) and Podlove Simple Chapters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from podcasts import timecodes

PSC = "http://podlove.org/simple-chapters"
JSON_TYPE = "application/json+chapters"


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as apps get it; `start` in milliseconds, addresses with scheme and host."""

    start: int
    title: str
    url: str = ""
    image: str = ""


def marks_of(rows: Iterable[Any], base_url: str = "") -> list[Mark]:
    """Return the chapters of an episode in the order in which they begin.

    `base_url` is put before the addresses of pictures.
    """
    marks = [
        Mark(
            row.start,
            row.title,
            row.url,
            base_url + row.image.get_rendition("fill-600x600|format-jpeg").url if row.image else "",
        )
        for row in rows
    ]
    return sorted(marks, key=lambda mark: mark.start)


def as_json(marks: Sequence[Mark]) -> str:
    """Return the JSON form of Podcasting 2.0 (version 1.2)."""
    chapters = []
    for mark in marks:
        chapter: dict[str, Any] = {"startTime": _seconds(mark.start), "title": mark.title}
        if mark.image:
            chapter["img"] = mark.image
        if mark.url:
            chapter["url"] = mark.url
        chapters.append(chapter)
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False)


def _seconds(milliseconds: int) -> int | float:
    return milliseconds / 1000 if milliseconds % 1000 else milliseconds // 1000


def as_psc(marks: Sequence[Mark], *, declared: bool = False) -> str:
    """Return an XML fragment of Podlove Simple Chapters (version 1.2).

    `declared` says that the document it comes in names the namespace already.
    """
    rows = []
    for mark in marks:
        values = {"start": timecodes.clock(mark.start), "title": mark.title}
        values |= {"href": mark.url} if mark.url else {}
        values |= {"image": mark.image} if mark.image else {}
        said = " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
        rows.append(f"<psc:chapter {said}/>")
    space = "" if declared else f' xmlns:psc="{PSC}"'
    return f'<psc:chapters version="1.2"{space}>{"".join(rows)}</psc:chapters>'


def ends(marks: Sequence[Mark], duration: int) -> list[int]:
    """Return where each chapter ends: where the next begins, the last with the recording."""
    starts = [mark.start for mark in marks[1:]]
    return [*starts, max(duration, marks[-1].start)] if marks else []
