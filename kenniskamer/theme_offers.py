"""Themes a text seems to be about, by the words the themes themselves name.

Each word of a theme counts by how often it stands in the text and how rare it is in
the library (tf-idf); text and words pass through the analysis search uses, each in its
own language. Computed when an editor looks, so that a new theme counts at once.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache

from core.models import Theme
from search.analysis import terms
from search.engines import get_engine
from search.engines.base import SearchUnavailable

PAGES = 40
PAGE_CHARACTERS = 6_000
MOST_THEMES = 4
LEAST_SCORE = 2.0
HIGH_SHARE, MEDIUM_SHARE = 0.3, 0.1
"""On which part of the pages a theme's words must stand to be sure of it, or to find it likely."""

DAY_SECONDS = 86_400

if TYPE_CHECKING:
    from kenniskamer.models import SourceFile

Rarity = Callable[[str, str], float]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeOffer:
    """A theme, by the key its translations share, with what speaks for it."""

    translation_key: str
    certainty: str
    words: tuple[str, ...]
    times: int
    pages: int


def theme_offers(source: SourceFile) -> list[ThemeOffer]:
    """Return the themes a file seems to be about, the best first."""
    rows = Theme.objects.values_list(
        "translation_key", "locale__language_code", "label", "other_words"
    )
    themes = sorted((str(key), code, label, words) for key, code, label, words in rows)
    version = hashlib.sha256(repr((themes, source.sha256, source.read_at)).encode()).hexdigest()
    known: list[ThemeOffer] | None = cache.get(f"theme-offers-{version}")
    if known is None:
        known = _offers(source, themes)
        cache.set(f"theme-offers-{version}", known, timeout=DAY_SECONDS)
    return known


def _offers(source: SourceFile, themes: Sequence[tuple[str, str, str, str]]) -> list[ThemeOffer]:
    pages = source.pages.order_by("number").values_list("text", "language")[:PAGES]
    analysed = [
        (language or source.language, terms(text[:PAGE_CHARACTERS], language or source.language))
        for text, language in pages
    ]
    words = {(key, code): [label, *other.splitlines()] for key, code, label, other in themes}
    return rank(analysed, words, rarity_in_index())


def rank(
    pages: Sequence[tuple[str, Sequence[str]]],
    words: Mapping[tuple[str, str], Sequence[str]],
    rarity: Rarity,
) -> list[ThemeOffer]:
    """Return the themes of analysed pages. Pure.

    `pages` are (language, terms), `words` the words of each (theme, language).
    """
    counted = {code: _phrases([found for language, found in pages if language == code])
               for code in {code for _, code in words}}  # fmt: skip
    best: dict[str, list[tuple[float, str, int, set[int]]]] = defaultdict(list)
    for (key, code), own in words.items():
        for word in dict.fromkeys(filter(None, map(str.strip, own))):
            phrase = tuple(terms(word, code))
            places = counted[code].get(phrase)
            if phrase and places:
                times = sum(places.values())
                weight = max(rarity(term, code) for term in phrase)
                best[key].append(((1 + math.log(times)) * weight, word, times, set(places)))
    scored = [(sum(row[0] for row in found), key, found) for key, found in best.items()]
    scored.sort(key=lambda row: (-row[0], row[1]))
    full = sum(bool(found) for _, found in pages)
    return [
        _offer(key, found, full)
        for score, key, found in scored[:MOST_THEMES]
        if score >= LEAST_SCORE
    ]


def rarity_in_index() -> Rarity:
    """Return how much a term says: little when the library is full of it. 1 without an index."""
    engine = get_engine()
    try:
        total = engine.count()
    except SearchUnavailable:
        return lambda term, language: 1.0

    def rarity(term: str, language: str) -> float:
        try:
            return 0.5 + math.log(1 + 10 * total / (1 + engine.frequency(term, language)))
        except SearchUnavailable:
            return 1.0

    return rarity


def _offer(key: str, found: Iterable[tuple[float, str, int, set[int]]], full: int) -> ThemeOffer:
    ranked = sorted(found, key=lambda row: -row[0])
    pages = len(set().union(*(row[3] for row in ranked)))
    share = pages / max(full, 1)
    certainty = "low"
    if pages >= 3 and share >= HIGH_SHARE:
        certainty = "high"
    elif pages >= 2 and share >= MEDIUM_SHARE:
        certainty = "medium"
    words = tuple(row[1] for row in ranked[:3])
    return ThemeOffer(key, certainty, words, sum(row[2] for row in ranked), pages)


def _phrases(pages: Sequence[Sequence[str]], longest: int = 3) -> dict[Phrase, Counter[int]]:
    """Count every run of up to three terms: in all, and on which pages."""
    counted: dict[Phrase, Counter[int]] = defaultdict(Counter)
    for number, found in enumerate(pages):
        for size in range(1, longest + 1):
            for start in range(len(found) - size + 1):
                counted[tuple(found[start : start + size])][number] += 1
    return counted
