"""Which promoted pages a question calls for.

Pure: no Django, no database. A promotion is found by its own words, in any form the
analysis takes together; by words that hold it as a part, or that it is made of; and by
synonyms. `search.promotions` reads what editors promoted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import LANGUAGES, forms, guess_language, terms
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.query import ParsedQuery
from search.thesaurus import LONGEST_ENTRY, Synonym

MOST_SHOWN = 3
"""Promotions above one list; more would be a list of their own."""

IN_COMPOUND = 0.5
"""What a part of a compound of the question counts, beside 1 for a word of its own."""

Key = tuple[str, tuple[str, ...]]
"""A language, and the terms of a word or phrase in it."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """A page that an editor promoted for what `keys` name, on days within the period."""

    pk: int | None
    page_id: int
    work: str
    note: str
    keys: frozenset[Key]
    from_day: dt.date | None = None
    until_day: dt.date | None = None


def runs_on(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    """Say whether a period holds a day; its first and last day are in it, None is no limit."""
    return (first is None or first <= day) and (last is None or day <= last)


def with_parts(keys: Iterable[Key], lines: Iterable[str], splitter: Splitter) -> frozenset[Key]:
    """Return the keys, and for each Dutch compound among the lines its parts in a row."""
    found = set(keys)
    for line in lines:
        words = forms(line)
        parts = _parts(words[0], splitter) if len(words) == 1 else ()
        if 1 < len(parts) <= LONGEST_ENTRY:
            found.add((COMPOUNDING, parts))
    return frozenset(found)


def called(
    query: ParsedQuery,
    synonyms: Sequence[Synonym],
    splitter: Splitter,
    known: Iterable[Promoted],
    day: dt.date,
) -> list[Promoted]:
    """Return the promotions a question calls for, the closest first, one for each work."""
    strengths = asked_for(query, synonyms, splitter)
    rated: dict[str, tuple[float, Promoted]] = {}
    for promoted in known:
        strength = max((strengths.get(key, 0.0) for key in promoted.keys), default=0.0)
        best = rated.get(promoted.work, (0.0, promoted))[0]
        if strength > best and runs_on(day, promoted.from_day, promoted.until_day):
            rated[promoted.work] = (strength, promoted)
    ordered = sorted(rated.values(), key=lambda pair: -pair[0])
    return [promoted for _, promoted in ordered[:MOST_SHOWN]]


def asked_for(
    query: ParsedQuery, synonyms: Sequence[Synonym], splitter: Splitter
) -> Mapping[Key, float]:
    """Return what a question asks for, each with its strength: 1 for each word it covers."""
    text = " ".join(query.words)
    guessed = guess_language(text)
    found: dict[Key, float] = {}
    for language in LANGUAGES:
        if guessed in ("", language):
            for row in _rows(terms(text, language)):
                found[language, row] = float(len(row))
    if guessed in ("", COMPOUNDING):
        for word in forms(text):
            for row in _rows(_parts(word, splitter)):
                found.setdefault((COMPOUNDING, row), IN_COMPOUND * len(row))
    for synonym in synonyms:
        found.setdefault((synonym.language, synonym.terms), synonym.weight)
    return found


def _parts(word: str, splitter: Splitter) -> tuple[str, ...]:
    return tuple(part.term for part in splitter.split(word))


def _rows(asked: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every row of neighbours that could be a word or phrase."""
    for start in range(len(asked)):
        for end in range(start + 1, min(len(asked), start + LONGEST_ENTRY) + 1):
            yield tuple(asked[start:end])
