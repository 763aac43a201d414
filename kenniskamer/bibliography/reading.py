"""What a reader gives: records and what is wrong with them, each with its line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from kenniskamer.bibliography.record import Record, from_csl, is_empty
from kenniskamer.bibliography.text import clean

EXCERPT_CHARACTERS = 300
MOST_RECORDS = 20_000
"""Records of one file; what comes after them is named and not read."""

MOST_RECORD_CHARACTERS = 400_000
"""Characters of one record; a larger one is no reference."""


class Flaw(StrEnum):
    """What can be wrong with a record, in the order in which it is told."""

    FORMAT = "format"
    SYNTAX = "syntax"
    NOT_CLOSED = "not_closed"
    NOT_AN_OBJECT = "not_an_object"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    LIMIT = "limit"
    NO_END = "no_end"
    REPEATED_FIELD = "repeated_field"
    BAD_DOI = "bad_doi"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Found:
    """One record of a file: what was read, where (`line` counts from 1), and its flaws.

    `record` is None when it could not be read; `excerpt` is how it begins in the file.
    """

    line: int
    record: Record | None = None
    flaws: tuple[Flaw, ...] = ()
    detail: str = ""
    excerpt: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what was found as JSON values; `from_json` is the inverse."""
        values = asdict(self)
        values["record"] = self.record.as_csl() if self.record else None
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Found:
        """Build it from what `as_json` gave."""
        record = values["record"]
        return cls(
            line=values["line"],
            record=from_csl(record) if record is not None else None,
            flaws=tuple(Flaw(flaw) for flaw in values["flaws"]),
            detail=values["detail"],
            excerpt=values["excerpt"],
        )


def unreadable(line: int, flaw: Flaw, raw: str = "", detail: str = "") -> Found:
    """Return a record that could not be read, and why."""
    return Found(
        line=line,
        flaws=(flaw,),
        detail=clean(detail, EXCERPT_CHARACTERS),
        excerpt=clean(raw[: EXCERPT_CHARACTERS * 2], EXCERPT_CHARACTERS),
    )


def readable(
    line: int, values: Mapping[str, Any], raw: str = "", flaws: tuple[Flaw, ...] = ()
) -> Found:
    """Return a record from the values of CSL-JSON, with what was lost on the way."""
    record = from_csl(values)
    if is_empty(record):
        return unreadable(line, Flaw.EMPTY, raw)
    if clean(values.get("DOI"), 300) and not record.doi:
        flaws = (*flaws, Flaw.BAD_DOI)
    if len(clean(values.get("title"), 1000)) > len(record.title):
        flaws = (*flaws, Flaw.CUT)
    return Found(
        line=line,
        record=record,
        flaws=tuple(dict.fromkeys(flaws)),
        detail=clean(values.get("DOI"), 100) if Flaw.BAD_DOI in flaws else "",
        excerpt=clean(raw[: EXCERPT_CHARACTERS * 2], EXCERPT_CHARACTERS),
    )
