"""Other words for the words of a question: synonyms, and the same in another language.

Pure: no Django, no database. `search.synonyms` reads the entries that editors wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import LANGUAGES, terms

OWN_LANGUAGE = 0.6
"""What a synonym counts in the language of the word that was asked for."""

OTHER_LANGUAGE = 0.6
"""What a translation counts: less than the word itself, so that one's own language leads."""

LONGEST_ENTRY = 5
MOST_SYNONYMS = 16

Key = tuple[str, tuple[str, ...]]
"""A language, and the terms of an entry in it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or a phrase as people write it."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another word to look for.

    `instead_of` are terms of the question in `asked_in`, and `typed` the same as it was
    typed. With `apart` its words may also stand apart, for less.
    """

    text: str
    language: str
    terms: tuple[str, ...]
    weight: float
    instead_of: tuple[str, ...]
    asked_in: str
    typed: str = ""
    apart: bool = False


class Thesaurus:
    """Which entries may stand for which."""

    def __init__(self) -> None:
        self._others: dict[Key, dict[Key, Entry]] = {}

    def __bool__(self) -> bool:
        """Whether there is any entry."""
        return bool(self._others)

    def add(self, asked: Iterable[Entry], found: Iterable[Entry]) -> None:
        """Let a question for one of `asked` also look for all of `found`."""
        targets = {key: entry for entry in found if (key := _key(entry))}
        for entry in asked:
            if key := _key(entry):
                known = self._others.setdefault(key, {})
                known.update((other, e) for other, e in targets.items() if other != key)

    def synonyms(self, asked: Mapping[str, Sequence[str]], guessed: str) -> tuple[Synonym, ...]:
        """Return what else to look for, at most MOST_SYNONYMS, fairly over the words.

        `asked` holds the terms of the question per language. When it tells its language
        (`guessed`), only entries of that language are read in it.
        """
        rows = [
            row
            for language in LANGUAGES
            if language in asked and guessed in ("", language)
            for row in self.of_terms(asked[language], language)
        ]
        found: dict[Key, Synonym] = {}
        for turn in range(max(map(len, rows), default=0)):
            for row in rows:
                if turn < len(row) and len(found) < MOST_SYNONYMS:
                    synonym = row[turn]
                    found.setdefault((synonym.language, synonym.terms), synonym)
        literal = {(tag, (term,)) for tag, row in asked.items() for term in row if tag == guessed}
        return tuple(synonym for key, synonym in found.items() if key not in literal)

    def of_terms(self, asked: Sequence[str], language: str) -> Iterator[list[Synonym]]:
        """Yield what may stand for each entry in a row of terms, the longest at each place."""
        for place in _places(asked, language, self._others):
            yield list(self._of(language, place))

    def has(self, term: str, language: str) -> bool:
        """Say whether a term by itself is an entry."""
        return (language, (term,)) in self._others

    def _of(self, language: str, place: tuple[str, ...]) -> Iterator[Synonym]:
        others = self._others[language, place]
        for (other, found), entry in others.items():
            weight = OWN_LANGUAGE if other == language else OTHER_LANGUAGE
            # What stands for two words of the question counts as two.
            yield Synonym(entry.text, other, found, weight * len(place), place, language)


def _key(entry: Entry) -> Key | None:
    found = tuple(terms(entry.text, entry.language))
    return (entry.language, found) if 0 < len(found) <= LONGEST_ENTRY else None


def _places(
    asked: Sequence[str], language: str, known: Mapping[Key, object]
) -> Iterator[tuple[str, ...]]:
    """Yield the entries in a row of terms, the longest at each place, without overlap."""
    at = 0
    while at < len(asked):
        for size in range(min(LONGEST_ENTRY, len(asked) - at), 0, -1):
            piece = tuple(asked[at : at + size])
            if (language, piece) in known:
                yield piece
                at += size
                break
        else:
            at += 1
