"""What each record is to this library: new, already here, incomplete or unreadable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kenniskamer.bibliography.reading import Found
from kenniskamer.bibliography.record import Record
from kenniskamer.duplicates import Key, find, keys_of_record
from kenniskamer.models.imports import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one record.

    `duplicate_of` is the study it is already, `twin` the place of the same record
    earlier in the list, `sign` how that shows; `missing` names what it lacks.
    """

    verdict: Verdict
    missing: tuple[str, ...] = ()
    sign: str = ""
    duplicate_of: int | None = None
    twin: int | None = None


def judged(found: Sequence[Found]) -> list[Judgement]:
    """Return a verdict on every record. The number of queries does not depend on the library."""
    keys = [sorted(keys_of_record(one.record)) if one.record else [] for one in found]
    here = find(key for some in keys for key in some)
    first: dict[Key, int] = {}
    judgements = []
    for place, (one, some) in enumerate(zip(found, keys, strict=True)):
        judgements.append(_judge(one, some, here, first))
        for key in some:
            first.setdefault(key, place)
    return judgements


def missing_from(record: Record) -> tuple[str, ...]:
    """Name what a reader needs to find a publication and this record does not tell."""
    parts = {
        "title": record.title,
        "author": record.authors or record.editors,
        "year": record.issued.year,
    }
    return tuple(name for name, value in parts.items() if not value)


def _judge(
    one: Found, keys: Sequence[Key], here: dict[Key, list[int]], first: dict[Key, int]
) -> Judgement:
    if one.record is None:
        return Judgement(Verdict.UNREADABLE)
    missing = missing_from(one.record)
    for key in keys:
        if key in here:
            return Judgement(Verdict.DUPLICATE, missing, key.sign, duplicate_of=here[key][0])
    for key in keys:
        if key in first:
            return Judgement(Verdict.DUPLICATE, missing, key.sign, twin=first[key])
    return Judgement(Verdict.INCOMPLETE if missing else Verdict.NEW, missing)
