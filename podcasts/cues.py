"""One cue of a transcript: who says what, from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cue:
    """Words spoken from `start` until `end`, in milliseconds. `speaker` is "" when unknown."""

    start: int
    end: int
    text: str
    speaker: str = ""


def as_rows(cues: Iterable[Cue]) -> list[list[Any]]:
    """Return cues as they are stored: JSON rows of start, end, speaker, text."""
    return [[cue.start, cue.end, cue.speaker, cue.text] for cue in cues]


def from_rows(rows: Sequence[Sequence[Any]]) -> tuple[Cue, ...]:
    """Return the cues that `as_rows` stored."""
    return tuple(Cue(start, end, text, speaker) for start, end, speaker, text in rows)


def speakers_of(cues: Iterable[Cue]) -> list[str]:
    """Return the names that occur, in the order in which they first speak."""
    return list(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
