"""The words of a question in the other language, where no editor gave them.

First from the list that comes with the hub, then by the parts of a compound, then by rules
of spelling; only words that the library uses. Pure: no Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice

from search.analysis import LANGUAGES, terms
from search.cognates import cognates
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.lexicon import lexicon
from search.thesaurus import Synonym, Thesaurus
from search.vocabulary import Vocabulary

WEIGHT = 0.4
"""What such a translation counts: less than one that an editor gave."""

PER_WORD = 2
"""Translations of one word that are looked for; of what is only guessed, one."""

MOST = 16
"""Translations of one question that are looked for."""

Words = Mapping[str, Mapping[str, str]]
"""Per language the terms of a question in order, each with the folded word it comes from."""


def translations(
    asked: Words,
    guessed: str,
    known: Sequence[Synonym],
    thesaurus: Thesaurus,
    vocabulary: Vocabulary,
) -> tuple[Synonym, ...]:
    """Return translations of what `known` does not translate, at most MOST.

    `guessed` is the language the question was asked in, "" when it does not tell; the parts
    of a compound are also looked up in the editors' `thesaurus`.
    """
    found: dict[tuple[str, tuple[str, ...]], Synonym] = {}
    for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        if guessed not in ("", language):
            continue
        translator = Translator(language, other, (thesaurus, lexicon()), vocabulary)
        done = {
            term
            for synonym in known
            if (synonym.asked_in, synonym.language) == (language, other)
            for term in synonym.instead_of
        }
        for synonym in translator.translate(asked[language], done):
            if not set(synonym.terms) <= asked[other].keys():
                found.setdefault((synonym.language, synonym.terms), synonym)
    return tuple(found.values())[:MOST]


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates words from one language into the other, into words that the library uses."""

    language: str
    other: str
    lists: tuple[Thesaurus, ...]
    vocabulary: Vocabulary

    def translate(self, asked: Mapping[str, str], done: Set[str]) -> Iterator[Synonym]:
        """Yield translations of terms that are not `done`; `asked` gives their words."""
        left = set(asked) - done
        for row in lexicon().of_terms(list(asked), self.language):
            used = [synonym for synonym in row if self._is_used(synonym.terms)]
            if used and left.issuperset(used[0].instead_of):
                left.difference_update(used[0].instead_of)
                yield from used[:PER_WORD]
        for term, word in asked.items():
            if term in left:
                yield from self._rebuilt(term, word)

    def _rebuilt(self, term: str, word: str) -> Iterator[Synonym]:
        """Yield a word by its spelling, or else by the translations of its parts; the likeliest."""
        words = self._respelt(word)
        if not words and self.language == COMPOUNDING:
            parts = [self._of_part(part.text) for part in Splitter(self._count).split(word)]
            words = [" ".join(parts)] if len(parts) > 1 and all(parts) else []
        for text in words[:1]:
            found = tuple(terms(text, self.other))
            apart = len(found) > 1
            yield Synonym(text, self.other, found, WEIGHT, (term,), self.language, apart=apart)

    def _count(self, term: str) -> int:
        """Return how often a term is used as a Dutch word; once when a list knows it."""
        listed = any(thesaurus.has(term, self.language) for thesaurus in self.lists)
        used = self.vocabulary.frequency(term, self.language)
        return used or int(listed or self.vocabulary.frequency(term, self.other) > 0)

    def _of_part(self, part: str) -> str:
        """Return the translation of a part, the part itself where both have it, or ""."""
        asked = terms(part, self.language)
        listed = (
            synonym.text
            for thesaurus in self.lists
            for row in thesaurus.of_terms(asked, self.language)
            for synonym in row
            if synonym.language == self.other and self._is_used(synonym.terms)
        )
        own = [part] if self._is_used(terms(part, self.other)) else self._respelt(part)
        return next(chain(listed, own), "")

    def _respelt(self, word: str) -> list[str]:
        found = (w for w in cognates(word, self.language) if self._is_used(terms(w, self.other)))
        return list(islice(found, 1))

    def _is_used(self, found: Sequence[str]) -> bool:
        """Say whether there are terms and texts in the other language use all of them."""
        used = [self.vocabulary.frequency(term, self.other) for term in found]
        return bool(used) and all(used)
