"""What a misspelt question probably meant, from the words of the library itself.

Only words that nothing in the library holds are looked at; a question of known words
costs one look per word. Pure: no Django; the words come from a `Vocabulary`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.analysis import LANGUAGES, OTHER, guess_language, is_stopword, term_of, words
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter
from search.query import QUOTES, ParsedQuery
from search.vocabulary import Vocabulary

SHORTEST_WORD = 4
MOST_WORDS = 4
"""Unknown words of one question that are looked into."""

# One more mistake must be outweighed by a word that is used some fifty times as much.
_PER_MISTAKE = 4.0
_OWN_LANGUAGE = 1.0


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its unknown words replaced by likely ones.

    `sure` says that each is so near that we may answer it without asking; `words` maps
    each word, folded, to what it became.
    """

    text: str
    sure: bool
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: str
    distance: int
    value: float


def correction(query: ParsedQuery, language: str, vocabulary: Vocabulary) -> Correction | None:
    """Return what a question probably meant; None when all its words are known.

    `language` is the reader's own; it decides between candidates when the question
    does not tell its language.
    """
    asked_in = guess_language(" ".join(query.words)) or language
    found: dict[str, _Candidate] = {}
    for word in _unknown(query, vocabulary):
        best = _best(word, asked_in, vocabulary)
        if best:
            found[word] = best
    if not found:
        return None
    sure = all(_is_sure(word, candidate) for word, candidate in found.items())
    words = {word: candidate.word for word, candidate in found.items()}
    return Correction(_replaced(query.text, words), sure, words)


def mistakes(one: str, other: str, most: int) -> int:
    """Return how many letters differ: changed, missing, added or swapped with the next.

    Counts no further than `most` + 1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            value = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                value = min(value, above[j - 2] + 1)
            row.append(value)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _unknown(query: ParsedQuery, vocabulary: Vocabulary) -> list[str]:
    """Return the words outside quotation marks that the library does not hold."""
    splitter = Splitter(lambda term: vocabulary.frequency(term, COMPOUNDING))
    asked = dict.fromkeys(token.term for text in query.loose for token in words(text))
    unknown = [
        word
        for word in asked
        if len(word) >= SHORTEST_WORD
        and word.isalpha()
        and not any(_holds(word, language, vocabulary) for language in (*LANGUAGES, OTHER))
        and not splitter.split(word)
    ]
    return unknown[:MOST_WORDS]


def _holds(word: str, language: str, vocabulary: Vocabulary) -> bool:
    if is_stopword(word, language):
        return True
    return vocabulary.frequency(term_of(word, language), language) > 0


def _best(word: str, asked_in: str, vocabulary: Vocabulary) -> _Candidate | None:
    found = [
        candidate
        for language in LANGUAGES
        for candidate in _candidates(word, language, language == asked_in, vocabulary)
    ]
    return max(found, key=lambda candidate: (candidate.value, candidate.word), default=None)


def _candidates(
    word: str, language: str, own: bool, vocabulary: Vocabulary
) -> Iterator[_Candidate]:
    most = 1 if len(word) < 6 else 2
    for other, count in vocabulary.similar(word, language):
        distance = mistakes(word, other, most)
        if distance <= most and len(other) >= SHORTEST_WORD and not _is_derived(word, other):
            value = math.log1p(count) - _PER_MISTAKE * distance + _OWN_LANGUAGE * own
            yield _Candidate(other, distance, value)


def _is_derived(word: str, other: str) -> bool:
    """Say whether one is the other with a prefix or an ending: no slip of the finger."""
    shorter, longer = sorted((word, other), key=len)
    whole = longer.startswith(shorter) or longer.endswith(shorter)
    return whole and len(longer) - len(shorter) > 1


def _is_sure(word: str, candidate: _Candidate) -> bool:
    """Say whether so long a word with so few mistakes leaves little doubt."""
    return len(word) >= (5 if candidate.distance == 1 else 8)


def _replaced(text: str, found: Mapping[str, str]) -> str:
    """Return the question with its unknown words replaced, all else as it was typed."""
    plain = text.translate(QUOTES)
    pieces, at = [], 0
    for token in words(text):
        if token.term in found and plain.count('"', 0, token.start) % 2 == 0:
            pieces += [text[at : token.start], found[token.term]]
            at = token.end
    return "".join([*pieces, text[at:]])
