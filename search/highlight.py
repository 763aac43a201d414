"""Marking in a text what a question matched, and choosing the piece to show.

Only what the engine matched is marked: the terms of the text's own language,
and phrases as a whole. Everything else is escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.analysis import Token, analyse, fold, known_language, words
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import SHORTEST_PART, SHORTEST_WORD, Splitter, spans_in
from search.plan import Plan

SNIPPET_LENGTH = 240
_SENTENCE_END = re.compile(r"[.!?…:]['\"’”)\]]*\s+|\n\s*\n")
_SPACES = re.compile(r"\s+")

Span = tuple[int, int, str]
"""Start, end, and what was matched: a term or a phrase."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks texts for one question. With `splitter` also parts of the compounds in them."""

    plan: Plan
    splitter: Splitter | None = None

    def mark(self, text: str, language: str) -> SafeString:
        """Return the whole text, escaped, with the matches marked."""
        return _render(text, self.spans(text, language), 0, len(text))

    def snippet(self, text: str, language: str, length: int = SNIPPET_LENGTH) -> SafeString:
        """Return about `length` characters around the best place in the text.

        Whole words, from the beginning of a sentence where that is near. Without a
        match it is the beginning of the text.
        """
        spans = self.spans(text, language)
        start, end = _window(text, spans, length)
        before = "… " if text[:start].strip() else ""
        after = " …" if text[end:].strip() else ""
        return format_html("{}{}{}", before, _render(text, spans, start, end), after)

    def spans(self, text: str, language: str) -> list[Span]:
        """Return what matched in the text, in order and without overlap."""
        found = sorted([*self._terms(text, language), *self._phrases(text)])
        kept: list[Span] = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
            elif span[1] > kept[-1][1]:
                kept[-1] = span if span[0] == kept[-1][0] else kept[-1]
        return kept

    def _terms(self, text: str, language: str) -> Iterator[Span]:
        reading = self.plan.readings.get(known_language(language))
        if reading is None or not reading.marked:
            return
        tokens = list(words(text) if reading.exact else analyse(text, language))
        for token in tokens:
            if token.term in reading.marked:
                yield token.start, token.end, token.term
        for row in reading.marked_rows:
            yield from _places(tokens, row)
        if self.splitter and reading.language == COMPOUNDING and not reading.exact:
            yield from _in_compounds(text, tokens, reading.marked, self.splitter)

    def _phrases(self, text: str) -> Iterator[Span]:
        if not self.plan.phrases:
            return
        tokens = list(words(text))
        for phrase in self.plan.phrases:
            yield from _places(tokens, phrase)


def _in_compounds(
    text: str, tokens: Sequence[Token], marked: frozenset[str], splitter: Splitter
) -> Iterator[Span]:
    """Yield the marked parts inside compounds; most words are passed over at a glance."""
    beginnings = {term[:SHORTEST_PART] for term in marked if len(term) >= SHORTEST_PART}
    for token in tokens:
        if token.term in marked or token.end - token.start < SHORTEST_WORD:
            continue
        word = text[token.start : token.end]
        folded = fold(word)
        if any(beginning in folded for beginning in beginnings):
            for start, end, term in spans_in(word, splitter, marked):
                yield token.start + start, token.start + end, term


def _places(tokens: Sequence[Token], phrase: tuple[str, ...]) -> Iterator[Span]:
    size = len(phrase)
    for place, token in enumerate(tokens):
        if token.term == phrase[0] and size <= len(tokens) - place:
            part = tokens[place : place + size]
            if tuple(word.term for word in part) == phrase:
                yield token.start, part[-1].end, " ".join(phrase)


def _render(text: str, spans: Sequence[Span], start: int, end: int) -> SafeString:
    pieces: list[tuple[str]] = []
    at = start
    for first, last, _ in spans:
        if first >= at and last <= end:
            pieces += [
                (_spaced(text[at:first]),),
                (format_html("<mark>{}</mark>", _spaced(text[first:last])),),
            ]
            at = last
    pieces.append((_spaced(text[at:end]),))
    return format_html_join("", "{}", pieces)


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text)


def _window(text: str, spans: Sequence[Span], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    first = _best_start(spans, length)
    start = _beginning(text, first, length // 3)
    return start, _ending(text, start, length)


def _best_start(spans: Sequence[Span], length: int) -> int:
    """Return where the window begins that holds most different matches, then most matches."""
    starts = [span[0] for span in spans]
    best, best_value = 0, (0, 0)
    room = length * 2 // 3
    for place, start in enumerate(starts):
        inside = spans[place : bisect_left(starts, start + room)]
        value = (len({name for _, _, name in inside}), len(inside))
        if value > best_value:
            best, best_value = start, value
    return best


def _beginning(text: str, first: int, reach: int) -> int:
    """Return the beginning of the sentence, or else of a word, at most `reach` before a match."""
    if first <= reach:
        return 0
    earliest = first - reach
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, earliest, first)]
    if sentences:
        return sentences[0]
    spaces = [match.end() for match in _SPACES.finditer(text, earliest, first)]
    return spaces[0] if spaces else first


def _ending(text: str, start: int, length: int) -> int:
    """Return an end near `start + length`: of a sentence in the last third, or of a word."""
    latest = min(len(text), start + length)
    if latest == len(text):
        return latest
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, start + length * 2 // 3, latest)]
    if sentences:
        return sentences[-1]
    spaces = [match.start() for match in _SPACES.finditer(text, start, latest + 1)]
    return spaces[-1] if spaces and spaces[-1] > start else latest
