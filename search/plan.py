"""From a question to the terms an engine looks up.

A question is read in every language we know, because we cannot be sure of the
language it was asked in and because a library holds texts in several. The
readings are alternatives of one another: a Dutch text is searched with the
Dutch reading, an English text with the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.analysis import LANGUAGES, OTHER, analyse, forms, guess_language, is_stopword
from search.query import MAX_WORDS, ParsedQuery

PAIR_WEIGHT = 0.2
"""What two words standing together in that order add, beside the words themselves."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in the terms of one language, each with its weight.

    `exact` says that the terms are plain folded words, because the question has
    nothing but stop words; `pairs` are neighbours in the question; `marked` are the
    terms to mark wherever they stand, which those of a phrase are not.
    """

    language: str
    terms: Mapping[str, float]
    pairs: tuple[tuple[str, str], ...] = ()
    exact: bool = False
    marked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an engine needs to answer one question.

    `phrases` must stand in a document word for word; a document that holds one of
    `excluded` is left out. Both are folded words, the same in every language.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look up."""
        return any(reading.terms for reading in self.readings.values())


def plan(query: ParsedQuery, language: str = "") -> Plan:
    """Make the plan for a question.

    `language` is the reader's own; it decides only when the question does not
    tell by itself in which language it was asked.
    """
    text, loose = " ".join(query.words), " ".join(query.loose)
    asked_in = guess_language(text) or language
    languages = (*LANGUAGES, OTHER)
    readings = {tag: _reading(text, loose, tag, asked_in) for tag in languages}
    if not any(readings[tag].terms for tag in LANGUAGES):
        readings = {tag: _exact_reading(text, loose, tag) for tag in languages}
    return Plan(readings, query.phrases, query.excluded)


def _reading(text: str, loose: str, language: str, asked_in: str) -> Reading:
    found = _terms(text, language, asked_in)
    pairs = dict.fromkeys(
        pair for pair in zip(found, found[1:], strict=False) if pair[0] != pair[1]
    )
    marked = frozenset(_terms(loose, language, asked_in))
    return Reading(language, dict.fromkeys(found, 1.0), tuple(pairs), marked=marked)


def _terms(text: str, language: str, asked_in: str) -> list[str]:
    """Return terms, without the stop words of the language the question was asked in."""
    found = [
        token.term
        for token in analyse(text, language)
        if not is_stopword(text[token.start : token.end], asked_in)
    ]
    return found[:MAX_WORDS]  # one word as typed, like a-b-c-d, may hold many


def _exact_reading(text: str, loose: str, language: str) -> Reading:
    found = dict.fromkeys(forms(text)[:MAX_WORDS], 1.0)
    return Reading(language, found, exact=True, marked=frozenset(forms(loose)))
