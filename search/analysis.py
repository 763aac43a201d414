"""Text into terms: words, folded, without stop words, stemmed per language.

The one place that decides what a word is. Documents and questions pass through
it alike, whichever engine stores the terms. Pure: no Django, no database.
"""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from search.stopwords import STOPWORDS, TELLTALES
from search.verbs import IRREGULAR, SEPARABLE, reunited
from search.verbs import LANGUAGE as CONJUGATED

LANGUAGES = ("nl", "en")
OTHER = "xx"
"""The language tag of everything we cannot stem: such text is only folded."""

ANALYSIS_VERSION = 2
"""Raise it when the same text would give other terms: stored indexes become stale."""

LONGEST_TERM = 64

_ALGORITHMS = {"nl": "dutch", "en": "english"}
_stemmers = {language: Stemmer.Stemmer(name) for language, name in _ALGORITHMS.items()}
_stemmer_lock = threading.Lock()  # a Snowball stemmer keeps state while it works

# Letters that Unicode does not decompose, although readers type the plain ones.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "þ": "th"}
    | {"æ": "ae", "œ": "oe"}
)
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M"
)
_JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHES = "'\u2019\u02bc"
_FOOTNOTE = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_LETTER = f"[^\\W_{_FOOTNOTE}]"
_SUFFIXES = frozenset({"s", "er", "ers", "tje", "tjes"})

# A word: letters and digits, marks and invisible joiners inside it, an apostrophe between
# letters; "e-mail" is one word, and so are C++ and F#.
_WORD = re.compile(
    rf"(?:(?<!{_LETTER})[eE][-\u2010\u2011])?"
    rf"{_LETTER}+(?:[{_MARKS}{_JOINERS}{_APOSTROPHES}]+{_LETTER}+)*[{_MARKS}]*"
    rf"(?:(?<=\b\w)(?:\+\+|\#))?"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One searchable word: its term, and where it stands in the original text."""

    term: str
    start: int
    end: int


def known_language(code: str) -> str:
    """Return the analysis language for a language code (`nl-BE` is `nl`), or `OTHER`."""
    base = code.lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else OTHER


def fold(text: str) -> str:
    """Return the text without case, accents, ligatures and invisible characters."""
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    while folded != text:
        text, folded = folded, _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Me", "Cf"))


def words(text: str) -> Iterator[Token]:
    """Yield every word of the text, folded, stop words included."""
    for match in _WORD.finditer(text):
        term = word_form(match.group())
        if term:
            yield Token(term, match.start(), match.end())


@lru_cache(maxsize=200_000)
def word_form(word: str) -> str:
    """Return the folded form of one word, "" when nothing searchable is left."""
    stem, *suffixes = _parts(word)
    if suffixes and suffixes[-1] in _SUFFIXES:
        suffixes.pop()
    form = stem + "".join(suffixes)
    return sys.intern("".join(c for c in form if c.isalnum() or c in "+#")[:LONGEST_TERM])


def _parts(word: str) -> list[str]:
    for apostrophe in _APOSTROPHES[1:]:
        word = word.replace(apostrophe, "'")
    return fold(word).split("'")


@lru_cache(maxsize=200_000)
def term_of(word: str, language: str) -> str:
    """Return the term of one word in a language, "" for a stop word."""
    if is_stopword(word, language):
        return ""
    form = word_form(word)
    stemmer = _stemmers.get(language)
    if stemmer is None or not form.isalpha():
        return form
    if language == CONJUGATED:
        form = IRREGULAR.get(form, form)
    with _stemmer_lock:
        return sys.intern(stemmer.stemWord(form))


def is_stopword(word: str, language: str) -> bool:
    """Tell whether the word says nothing by itself in the language."""
    listed = STOPWORDS.get(language, frozenset())
    return word_form(word) in listed or "'".join(_parts(word)) in listed


def analyse(text: str, language: str) -> list[Token]:
    """Return the terms of a text in reading order, each with its place in the text.

    `language` is any language code; text in a language we do not know is folded
    and not stemmed. Never raises, whatever the text holds.
    """
    tag = known_language(language)
    found = [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    tokens = [Token(term_of(word.term, tag), word.start, word.end) for word in found]
    if tag == CONJUGATED:
        _reunite(text, found, tokens)
    return [token for token in tokens if token.term]


def _reunite(text: str, found: Sequence[Token], tokens: list[Token]) -> None:
    """Bring verbs and their particles together."""
    written = [word_form(word.term) for word in found]
    if SEPARABLE.keys().isdisjoint(written):
        return

    def gap(place: int) -> str:
        after = place + 1
        return text[found[place].end : found[after].start] if after < len(found) else "."

    for first, last, infinitive in reunited(written, gap, _dutch_term):
        for place in range(first, last + 1):
            tokens[place] = Token("", 0, 0)
        tokens[first] = Token(_dutch_term(infinitive), found[first].start, found[last].end)


def _dutch_term(word: str) -> str:
    return term_of(word, CONJUGATED)


def terms(text: str, language: str) -> list[str]:
    """Return only the terms of a text: what an engine stores."""
    return [token.term for token in analyse(text, language)]


def forms(text: str) -> list[str]:
    """Return the folded words of a text, stop words included: what exact search needs."""
    return [form for word in _WORD.findall(text) if (form := word_form(word))]


def guess_language(text: str) -> str:
    """Return the language whose small words stand in a question, "" when none tells."""
    found = {token.term for token in words(text)}
    counts = {language: len(found & listed) for language, listed in TELLTALES.items()}
    best = max(counts, key=lambda language: counts[language])
    others = [count for language, count in counts.items() if language != best]
    return best if counts[best] > max(others) else ""
