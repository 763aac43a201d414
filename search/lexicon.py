"""A list of Dutch and English words that comes with the hub, for what editors did not list.

Editors own the thesaurus and have the last word; this only helps a question in one
language find texts in the other. Pure but for reading its own file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from search.thesaurus import Entry, Thesaurus

FILE = Path(__file__).parent / "words" / "nl-en.txt"


@cache
def lexicon() -> Thesaurus:
    """Return the list as a thesaurus that only translates."""
    found = Thesaurus()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            dutch, _, english = line.partition(" = ")
            sides = _entries("nl", dutch), _entries("en", english)
            found.add(*sides)
            found.add(*reversed(sides))
    return found


def _entries(language: str, side: str) -> list[Entry]:
    return [Entry(language, word.strip()) for word in side.split(",")]
