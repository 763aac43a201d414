"""What the words of the library can tell: how often they are used, and which look alike."""

from __future__ import annotations

from typing import Protocol


class Vocabulary(Protocol):
    """The words of everything that can be found, kept by an engine."""

    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used in texts of a language; 0 when never.

        A Dutch piece that only stands inside compounds, but in many, counts once.
        """

    def similar(self, word: str, language: str) -> list[tuple[str, int]]:
        """Return words that share most letters with a word, and how often each is used."""


class NoWords:
    """The vocabulary of an empty library."""

    def frequency(self, term: str, language: str) -> int:
        """Return that no term is used."""
        return 0

    def similar(self, word: str, language: str) -> list[tuple[str, int]]:
        """Return that no word looks like it."""
        return []
