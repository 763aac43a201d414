"""Dutch compounds into their parts: `draagvlakversterking` is draagvlak and versterking.

A word is cut only where it may be hyphenated, into parts that the library itself uses as
words. Of all ways to cut, the one whose parts are most used wins (the geometric mean of
their frequencies, Koehn & Knight 2003). Pure but for `frequency`: no Django, no database.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyphen

from search.analysis import term_of, word_form

LANGUAGE = "nl"
SHORTEST_WORD = 8
LONGEST_WORD = 48
SHORTEST_PART = 4
MOST_CUTS = 14

ENOUGH_SIDES = 5
"""In how many words a piece must stand beside a known one to count as a word itself."""
KNOWN_SIDE = 3
"""How often the library must use the piece on the other side."""

_LINKS = ("", "s", "e", "en", "n")
_hyphens = pyphen.Pyphen(lang="nl_NL")

# Endings that look like words. A part like these would cut words that are no compounds.
_ENDINGS = """
heid heden lijk lijke lijks baar bare baarheid schap schappen atie aties isch ische istisch
teit iteit matig matige ering eren erend loos loze eloos achtig achtige zaam zame king ting
ding ling lingen ning ningen iging igen ende elijk elijke elijks eerd eerde eert erde ings
geving gevingen
"""
_BARRED = frozenset(_ENDINGS.split())

# Words whose parts say something else than the word itself, or that are no compounds.
_KEPT_WHOLE = """
belangrijk belangrijke bestuurder bestuurders boodschapper boodschappers doelstelling
doelstellingen draagvlak draagkracht geloofwaardig geloofwaardige gelijktijdig gelijktijdige
geruststelling inderdaad integendeel leeftijd leeftijden onderhandelen onderhandelt
onderhandeling onderhandelingen proefschrift samenhang samenleven samenleving samenlevingen
samenvatten samenvatting samenvattingen samenwerken samenwerking standpunt standpunten
uiteindelijk uiteindelijke volgorde voorbeelden vrijwilliger vrijwilligers weerstand weerstanden
werkelijk werkelijkheid
"""

EXCEPTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_KEPT_WHOLE.split(), ()),
    "opvanglocatie": ("opvang", "locatie"),
    "opvanglocaties": ("opvang", "locaties"),
    "opvangplek": ("opvang", "plek"),
    "opvangplekken": ("opvang", "plekken"),
}
"""Words that hyphenation or frequency cuts wrongly; no parts means that a word stays whole."""

Span = tuple[int, int]
Known = Mapping[Span, tuple[int, "Part"]]
"""Pieces between two cuts that are words of the library, with their frequency."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: its letters without the linking ones, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def term(self) -> str:
        """Return the part as it is stored and looked up."""
        return term_of(self.text, LANGUAGE) or self.text


@dataclass(slots=True)
class Splitter:
    """Splits words; `frequency` says how often the library uses a term (0 when never)."""

    frequency: Callable[[str], int]
    _seen: dict[str, tuple[tuple[Part, ...], ...]] = field(default_factory=dict)

    def split(self, word: str) -> tuple[Part, ...]:
        """Return the parts of a folded word in order; nothing when it is no compound."""
        return self._found(word)[0]

    def parts(self, word: str) -> tuple[Part, ...]:
        """Return the parts and what neighbouring parts form together.

        `draag-vlak-versterking` also gives draagvlak, when that is a word of the library.
        """
        return self._found(word)[1]

    def _found(self, word: str) -> tuple[tuple[Part, ...], ...]:
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            return (), ()
        if word not in self._seen:
            self._seen[word] = self._find(word)
        return self._seen[word]

    def _find(self, word: str) -> tuple[tuple[Part, ...], ...]:
        if word in EXCEPTIONS:
            listed = tuple(_listed(word, EXCEPTIONS[word]))
            return listed, listed
        if not word.isalpha():
            return (), ()
        cuts = [0, *_cuts(word), len(word)]
        known = self._known(word, cuts)
        best = _best(known, len(cuts) - 1)
        together = [
            known[first[0], last[1]][1]
            for place, first in enumerate(best)
            for last in best[place:]
            if (first[0], last[1]) in known
        ]
        return tuple(known[span][1] for span in best), tuple(together)

    def _known(self, word: str, cuts: Sequence[int]) -> Known:
        """Return the pieces that are words, by the numbers of the cuts around them."""
        last = len(cuts) - 1
        known: dict[Span, tuple[int, Part]] = {}
        for first in range(last):
            for end in range(first + 1, last + 1):
                if (first, end) == (0, last):
                    continue
                links = _LINKS if end < last else ("",)
                pieces = _unlinked(word[cuts[first] : cuts[end]], links)
                rated = [(self._frequency(piece), piece) for piece in pieces]
                count, piece = max(rated, default=(0, ""), key=lambda pair: pair[0])
                if count:
                    at = cuts[first]
                    known[first, end] = (count, Part(piece, at, at + len(piece)))
        return known

    def _frequency(self, piece: str) -> int:
        term = term_of(piece, LANGUAGE)
        return self.frequency(term) if term else 0


@lru_cache(maxsize=100_000)
def _cuts(word: str) -> tuple[int, ...]:
    """Return where a word may be hyphenated."""
    return tuple(_hyphens.positions(word)[:MOST_CUTS])


def _listed(word: str, parts: Sequence[str]) -> Iterator[Part]:
    for part in parts:
        at = word.index(part)
        yield Part(part, at, at + len(part))


def _unlinked(piece: str, links: Sequence[str]) -> Iterator[str]:
    """Yield a piece without each linking letter it may end with, when enough is left."""
    for link in links:
        bare = piece.removesuffix(link) if link else piece
        if piece.endswith(link) and len(bare) >= SHORTEST_PART and bare not in _BARRED:
            yield bare


def _best(known: Known, last: int) -> tuple[Span, ...]:
    """Return the row of pieces from the first cut to the last that is used most."""
    # Per cut and number of pieces: the highest sum of logarithms, and the pieces.
    reached: dict[int, dict[int, tuple[float, tuple[Span, ...]]]] = {0: {0: (0.0, ())}}
    for span in sorted(known):
        first, end = span
        for count, (total, spans) in reached.get(first, {}).items():
            value = total + math.log(known[span][0])
            there = reached.setdefault(end, {})
            if count + 1 not in there or value > there[count + 1][0]:
                there[count + 1] = (value, (*spans, span))
    ways = reached.get(last, {})
    if not ways:
        return ()
    return max((total / count, spans) for count, (total, spans) in ways.items())[1]


def bound_terms(words: Iterable[str], frequency: Callable[[str], int]) -> set[str]:
    """Return the terms of pieces that never stand alone, but beside many known words.

    `bruto` may occur in brutomarge and brutowinst only; it is a part all the same.
    """
    sides: Counter[str] = Counter()
    for word in words:
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
            sides.update(_beside_known(word, frequency))
    return {term for term, count in sides.items() if count >= ENOUGH_SIDES and not frequency(term)}


def _beside_known(word: str, frequency: Callable[[str], int]) -> set[str]:
    found = set()
    for cut in _cuts(word):
        heads = [term_of(piece, LANGUAGE) for piece in _unlinked(word[:cut], _LINKS)]
        tails = [term_of(piece, LANGUAGE) for piece in _unlinked(word[cut:], ("",))]
        if any(frequency(head) >= KNOWN_SIDE for head in heads if head):
            found.update(tails)
        if any(frequency(tail) >= KNOWN_SIDE for tail in tails if tail):
            found.update(heads[:1])
    return found - {""}


def part_terms(written: Iterable[str], splitter: Splitter) -> list[str]:
    """Return the terms of all parts of the compounds among folded words, each once."""
    found = (part.term for form in dict.fromkeys(written) for part in splitter.parts(form))
    return list(dict.fromkeys(found))


def spans_in(
    word: str, splitter: Splitter, wanted: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield where in a written word its parts stand that are among `wanted`, and their terms.

    The longest first. A word whose letters change when it is folded is given as a whole.
    """
    form = word_form(word)
    found = sorted(splitter.parts(form), key=lambda part: part.start - part.end)
    for part in found:
        if part.term in wanted:
            start, end = (part.start, part.end) if len(form) == len(word) else (0, len(word))
            yield start, end, part.term
