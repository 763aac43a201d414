"""From a question to the terms an engine looks up.

A question is read in every language we know, because we cannot be sure of the
language it was asked in and because a library holds texts in several. The
readings are alternatives of one another: a Dutch text is searched with the
Dutch reading, an English text with the English one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.analysis import LANGUAGES, OTHER, analyse, forms, guess_language, is_stopword, word_form
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.query import MAX_WORDS, ParsedQuery
from search.thesaurus import Synonym, Thesaurus
from search.translation import Words, translations
from search.vocabulary import NoWords, Vocabulary

PAIR_WEIGHT = 0.3
"""What two words standing together in that order add, beside the words themselves."""

SIDE_BY_SIDE = 0.6
"""What the parts of a compound of the question count when they stand side by side."""

TRANSLATED_WORDS = 3
"""As many words of a question count in full in the other language; of a longer one each less,
because the more words it has, the better they tell by themselves what is meant."""

PARTS = 0.4
"""What the parts count when they all stand in a text, wherever."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What may stand in a text instead of words of the question, for less.

    All of `terms` must be there, side by side when `together`. Of those with the same
    `concept` only the best counts. `holds` are the terms of the question that a text
    with this holds as good as literally.
    """

    terms: tuple[str, ...]
    weight: float
    concept: str
    together: bool = True
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in the terms of one language, each with its weight.

    `exact` says that the terms are plain folded words, because the question has
    nothing but stop words; `pairs` are neighbours in the question; `instead` is what else
    to look for; `marked` are the terms to mark wherever they stand, which those of a
    phrase are not, and `marked_rows` those to mark when they stand in a row.
    """

    language: str
    terms: Mapping[str, float]
    pairs: tuple[tuple[str, str], ...] = ()
    exact: bool = False
    marked: frozenset[str] = frozenset()
    instead: tuple[Instead, ...] = ()

    @property
    def marked_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the terms to mark where they stand side by side."""
        found = (other.terms for other in self.instead if other.together)
        return tuple(terms for terms in found if len(terms) > 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an engine needs to answer one question.

    `phrases` must stand in a document word for word; a document that holds one of
    `excluded` is left out. Both are folded words, the same in every language.
    `synonyms` are the other words that are looked for, to tell the reader.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    synonyms: tuple[Synonym, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look up."""
        return any(reading.terms for reading in self.readings.values())


def plan(
    query: ParsedQuery,
    language: str = "",
    vocabulary: Vocabulary | None = None,
    thesaurus: Thesaurus | None = None,
) -> Plan:
    """Make the plan for a question.

    `language` is the reader's own; it decides only when the question does not
    tell by itself in which language it was asked. Compounds are split with the words
    of `vocabulary`; `thesaurus` gives other words for those of the question.
    """
    text, loose = " ".join(query.words), " ".join(query.loose)
    guessed = guess_language(text)
    asked_in = guessed or language
    languages = (*LANGUAGES, OTHER)
    readings = {tag: _reading(text, loose, tag, asked_in) for tag in languages}
    if not any(readings[tag].terms for tag in LANGUAGES):
        readings = {tag: _exact_reading(text, loose, tag) for tag in languages}
        return Plan(readings, query.phrases, query.excluded)
    synonyms: tuple[Synonym, ...] = ()
    if thesaurus is not None:
        asked = {tag: dict(_typed(loose, tag, asked_in)) for tag in LANGUAGES}
        synonyms = _synonyms(asked, guessed, thesaurus, vocabulary or NoWords())
    readings = _with_synonyms(readings, synonyms, asked_in)
    nl = readings[COMPOUNDING]
    splitter = splitter_of(vocabulary or NoWords())
    readings[COMPOUNDING] = _with_compounds(nl, loose, asked_in, splitter)
    return Plan(readings, query.phrases, query.excluded, synonyms)


def splitter_of(vocabulary: Vocabulary) -> Splitter:
    """Return what splits compounds with the words of a library."""
    return Splitter(lambda term: vocabulary.frequency(term, COMPOUNDING))


def _synonyms(
    asked: Words, guessed: str, thesaurus: Thesaurus, vocabulary: Vocabulary
) -> tuple[Synonym, ...]:
    """Return what editors gave beside the words of a question, and translations of the rest."""
    given = thesaurus.synonyms({tag: list(row) for tag, row in asked.items()}, guessed)
    found = (*given, *translations(asked, guessed, given, thesaurus, vocabulary))
    return tuple(_in_place(one, asked[one.asked_in]) for one in found)


def _in_place(synonym: Synonym, asked: Mapping[str, str]) -> Synonym:
    """Return a synonym with the words it was typed for, weighed by the length of the question."""
    typed = " ".join(asked[term] for term in synonym.instead_of)
    if synonym.language == synonym.asked_in:
        return replace(synonym, typed=typed)
    weight = synonym.weight * min(1, TRANSLATED_WORDS / len(asked))
    return replace(synonym, typed=typed, weight=weight)


def _with_synonyms(
    readings: Mapping[str, Reading], synonyms: Sequence[Synonym], asked_in: str
) -> dict[str, Reading]:
    """Add to each reading the synonyms in its language."""
    changed = dict(readings)
    for language, reading in readings.items():
        own = [synonym for synonym in synonyms if synonym.language == language]
        instead = tuple(
            other
            for synonym in own
            for other in _instead(synonym, _held(reading, synonym, asked_in))
        )
        single = {
            term
            for synonym in own
            if len(synonym.terms) == 1 or synonym.apart
            for term in synonym.terms
        }
        changed[language] = replace(reading, instead=instead, marked=reading.marked | single)
    return changed


def _held(reading: Reading, synonym: Synonym, asked_in: str) -> tuple[str, ...]:
    """Return the terms of a reading that a synonym stands for, also those it misreads."""
    found = _terms(synonym.typed, reading.language, asked_in)
    return tuple(term for term in found if term in reading.terms)


def _instead(synonym: Synonym, holds: tuple[str, ...]) -> Iterator[Instead]:
    concept = " ".join(synonym.instead_of)
    yield Instead(synonym.terms, synonym.weight, concept, holds=holds)
    if synonym.apart:
        less = synonym.weight * PARTS / SIDE_BY_SIDE
        yield Instead(synonym.terms, less, concept, together=False, holds=holds)


def _with_compounds(reading: Reading, loose: str, asked_in: str, splitter: Splitter) -> Reading:
    """Add the parts of the compounds outside phrases."""
    found: list[Instead] = []
    marked = set(reading.marked)
    for word in forms(loose):
        terms = _terms(word, COMPOUNDING, asked_in)
        parts = tuple(part.term for part in splitter.split(word))
        if len(terms) == 1 and len(parts) > 1 and terms[0] in reading.terms:
            found.append(Instead(parts, SIDE_BY_SIDE, terms[0], holds=(terms[0],)))
            found.append(Instead(parts, PARTS, terms[0], together=False))
            marked.update(parts)
    both = (*reading.instead, *dict.fromkeys(found))
    return replace(reading, instead=both, marked=frozenset(marked))


def _reading(text: str, loose: str, language: str, asked_in: str) -> Reading:
    found = _terms(text, language, asked_in)
    pairs = dict.fromkeys(
        pair for pair in zip(found, found[1:], strict=False) if pair[0] != pair[1]
    )
    marked = frozenset(_terms(loose, language, asked_in))
    return Reading(language, dict.fromkeys(found, 1.0), tuple(pairs), marked=marked)


def _terms(text: str, language: str, asked_in: str) -> list[str]:
    """Return terms, without the stop words of the language the question was asked in."""
    return [term for term, _ in _typed(text, language, asked_in)]


def _typed(text: str, language: str, asked_in: str) -> list[tuple[str, str]]:
    """Return terms with the folded word each comes from."""
    found = [
        (token.term, word_form(word))
        for token in analyse(text, language)
        if not is_stopword(word := text[token.start : token.end], asked_in)
    ]
    return found[:MAX_WORDS]  # one word as typed, like a-b-c-d, may hold many


def _exact_reading(text: str, loose: str, language: str) -> Reading:
    found = dict.fromkeys(forms(text)[:MAX_WORDS], 1.0)
    return Reading(language, found, exact=True, marked=frozenset(forms(loose)))
