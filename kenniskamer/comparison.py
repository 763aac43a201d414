"""What differs between two texts of a file, page by page. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of pages, from 1: changed and added ones in the new file, removed ones in the old."""

    changed: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


def compare(old: Sequence[str], new: Sequence[str]) -> Difference:
    """Compare the texts of the pages of two files. Spaces and line ends do not count."""
    before, after = (["\x00".join(text.split()) for text in texts] for texts in (old, new))
    found = Difference()
    for tag, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # Of a stretch that differs, pages are held against one another in order.
        pairs = min(b - a, d - c)
        found.changed.extend(range(c + 1, c + pairs + 1))
        found.added.extend(range(c + pairs + 1, d + 1))
        found.removed.extend(range(a + pairs + 1, b + 1))
    return found
