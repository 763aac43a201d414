"""The words of the library in memory: how often each is used, and what begins with what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import nsmallest

from search.analysis import LANGUAGES, known_language, term_of
from search.compounds import LANGUAGE as COMPOUNDING
from search.engines.cluster.tally import Tally, add_counts

_LAST_LETTER = "\U0010ffff"
_FORMS_PER_TERM = 4
"""How many forms of a word are looked at on average to find one of each."""


class Vocabulary:
    """Counts that follow changes; `bound` are pieces that stand inside compounds only."""

    def __init__(self, bound: Iterable[str] = ()) -> None:
        self.tally = Tally()
        self.bound = frozenset(bound)
        self._uses: dict[str, Counter[str]] = {}
        self._sorted: dict[str, list[str]] = {}

    def add(self, tally: Tally) -> None:
        """Follow a change."""
        self.tally.add(tally)
        for language, forms in tally.forms.items():
            uses = self._uses.setdefault(language, Counter())
            add_counts(uses, term_uses(forms, language))
            self._sorted.pop(language, None)

    def uses_of(self, term: str, language: str) -> int:
        """Return how often a term is used."""
        counts = self._uses.get(language)
        return max(0, counts[term]) if counts else 0

    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used; a piece of compounds counts once."""
        uses = self.uses_of(term, language)
        return uses or int(language == COMPOUNDING and term in self.bound)

    def count_of(self, word: str, language: str) -> int:
        """Return how often a word is used in just this form."""
        counts = self.tally.forms.get(language)
        return max(0, counts[word]) if counts else 0

    def beginning(self, beginning: str, language: str, limit: int) -> list[tuple[str, str]]:
        """Return the words that go on from a beginning, each with its language."""
        own = known_language(language)
        found: dict[str, str] = {}
        for tag in sorted(LANGUAGES, key=lambda tag: tag != own):
            best = {term_of(beginning, tag): ""}  # other forms of the same word say nothing new
            for word in self._most_used(beginning, tag, limit * _FORMS_PER_TERM):
                best.setdefault(term_of(word, tag), word)
            for word in filter(None, best.values()):
                found.setdefault(word, tag)
        return list(found.items())[:limit]

    def _most_used(self, beginning: str, tag: str, limit: int) -> list[str]:
        forms = self._in_order(tag)
        first = bisect_right(forms, beginning)
        last = bisect_left(forms, beginning + _LAST_LETTER, first)
        going_on = (word for word in forms[first:last] if term_of(word, tag))
        return nsmallest(limit, going_on, key=lambda word: (-self.count_of(word, tag), word))

    def _in_order(self, tag: str) -> list[str]:
        forms = self._sorted.get(tag)
        if forms is None:
            counts = self.tally.forms.get(tag, Counter())
            forms = self._sorted[tag] = sorted(counts.copy())
        return forms


def term_uses(forms: Mapping[str, int], language: str) -> Counter[str]:
    """Return how often each term is used, from the uses of its forms."""
    uses: Counter[str] = Counter()
    for form, count in forms.items():
        if term := term_of(form, language):
            uses[term] += count
    return uses
