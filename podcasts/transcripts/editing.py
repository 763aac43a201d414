"""Correcting a transcript: pure functions from cues to cues."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from podcasts.cues import Cue

Cues = tuple[Cue, ...]
_END = re.compile(r"[.!?…][”\"]?\s+")


def key_of(cue: Cue) -> str:
    """Name a cue by what it holds, so that a row on a screen finds it back."""
    held = f"{cue.start}|{cue.end}|{cue.speaker}|{cue.text}"
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def find(cues: Sequence[Cue], index: int, key: str) -> int | None:
    """Return where a cue stands now: at its old place, or elsewhere; None when it changed."""
    if 0 <= index < len(cues) and key_of(cues[index]) == key:
        return index
    return next((place for place, cue in enumerate(cues) if key_of(cue) == key), None)


def in_order(cues: Sequence[Cue]) -> Cues:
    """Return cues by their start; those that start together stay as they are."""
    return tuple(sorted(cues, key=lambda cue: cue.start))


def merged(cues: Sequence[Cue], index: int) -> Cues:
    """Join a cue with the next; the first one's speaker stays. The last stays alone."""
    if not 0 <= index < len(cues) - 1:
        return tuple(cues)
    one, two = cues[index], cues[index + 1]
    both = replace(one, end=max(one.end, two.end), text=f"{one.text} {two.text}".strip())
    return (*cues[:index], both, *cues[index + 2 :])


def divided(cues: Sequence[Cue], index: int, at: int = 0) -> Cues:
    """Split a cue behind a character, or where a sentence ends nearest the middle.

    The time is divided as the words are. A cue that cannot be split stays.
    """
    if not 0 <= index < len(cues):
        return tuple(cues)
    cue = cues[index]
    at = at if 0 < at < len(cue.text) else _middle(cue.text)
    first, second = cue.text[:at].strip(), cue.text[at:].strip()
    if not first or not second:
        return tuple(cues)
    moment = cue.start + (cue.end - cue.start) * at // len(cue.text)
    halves = replace(cue, end=moment, text=first), replace(cue, start=moment, text=second)
    return (*cues[:index], *halves, *cues[index + 1 :])


def _middle(text: str) -> int:
    """Return the end of a sentence nearest the middle, or of a word."""
    half = len(text) // 2
    ends = [match.end() for match in _END.finditer(text)] or [
        match.end() for match in re.finditer(r"\s+", text)
    ]
    return min(ends, key=lambda end: abs(end - half), default=0)


def without(cues: Sequence[Cue], index: int) -> Cues:
    """Leave one cue out."""
    return (*cues[:index], *cues[index + 1 :])


def renamed(cues: Sequence[Cue], old: str, new: str) -> Cues:
    """Give somebody another name everywhere; "" for a name that nobody knows."""
    return tuple(replace(cue, speaker=new) if cue.speaker == old else cue for cue in cues)


def shifted(cues: Sequence[Cue], by: int) -> Cues:
    """Move all cues by milliseconds, after an intro was added or cut; none before the start."""
    return tuple(
        replace(cue, start=max(cue.start + by, 0), end=max(cue.end + by, 0)) for cue in cues
    )
