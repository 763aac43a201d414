"""Counts of words: what documents add to the vocabulary, and how it is sent and kept."""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.engines.sqlite_fts.words import countable

__all__ = ["Tally", "countable", "pack", "unpack"]


@dataclass(slots=True)
class Tally:
    """Signed counts per language.

    `forms` says how often each word is used, `rows` in how many rows each term stands,
    parts of compounds included, and `sizes` how many rows there are.
    """

    forms: dict[str, Counter[str]] = field(default_factory=dict)
    rows: dict[str, Counter[str]] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)

    def add_row(self, language: str, held: Iterable[str]) -> None:
        """Count a row and the terms that stand in it."""
        self.rows.setdefault(language, Counter()).update(held)
        self.sizes[language] += 1

    def add(self, other: Tally, sign: int = 1) -> None:
        """Add another tally, or take it away. What comes to nothing is dropped."""
        for mine, others in ((self.forms, other.forms), (self.rows, other.rows)):
            for language, counts in others.items():
                add_counts(mine.setdefault(language, Counter()), counts, sign)
        add_counts(self.sizes, other.sizes, sign)

    def rows_of(self, term: str, language: str) -> int:
        """Return in how many rows a term stands."""
        counts = self.rows.get(language)
        return max(0, counts[term]) if counts else 0

    def packed(self) -> str:
        """Return the counts as text that a binary field takes."""
        return pack([self.forms, self.rows, self.sizes])

    @classmethod
    def unpacked(cls, text: str) -> Tally:
        """Return the counts that `packed` gave."""
        forms, rows, sizes = unpack(text)
        return cls(
            {language: Counter(counts) for language, counts in forms.items()},
            {language: Counter(counts) for language, counts in rows.items()},
            Counter(sizes),
        )


def add_counts(counts: Counter[str], others: Mapping[str, int], sign: int = 1) -> None:
    """Add numbers to others, or take them away. What comes to nothing is dropped."""
    for name, number in others.items():
        left = counts[name] + sign * number
        if left:
            counts[name] = left
        else:
            del counts[name]


def pack(value: Any) -> str:
    """Return JSON values, compressed, in Base64 (RFC 4648)."""
    return base64.b64encode(zlib.compress(json.dumps(value).encode(), 6)).decode("ascii")


def unpack(text: str) -> Any:
    """Return what `pack` was given."""
    return json.loads(zlib.decompress(base64.b64decode(text)))
