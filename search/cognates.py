"""Words that Dutch and English share but for their ending: `polarisatie` is polarisation.

Rules of spelling, tried when no list knows a word. What they give is only a guess; the
caller keeps what the library really uses. Pure: no Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterator

SHORTEST_STEM = 2
"""Letters that must stand before the ending."""
SHORTEST_WORD = 5

# Dutch endings and the English ones they answer to.
_LISTED = """
isering:isation isering:ization iseren:ise iseren:ize isatie:isation isatie:ization
ificeren:ify logisch:logical logische:logical cratie:cracy cratisch:cratic cratische:cratic
atie:ation itie:ition utie:ution otie:otion ctie:ction ptie:ption sie:sion entie:ence entie:ency
entie:ention antie:ance antie:ancy iteit:ity isme:ism isten:ists isch:ic isch:ical ische:ic
ische:ical eren:ate eren:e ering:ation eel:al ele:al aal:al ale:al air:ary aire:ary ief:ive
ieve:ive eus:ous euze:ous uur:ure uut:ute ie:y ie:ia iek:ic iek:ics iek:ique ica:ics yse:ysis
ese:esis eit:ity e: :e
"""
_ENDINGS = tuple(
    (dutch, english) for dutch, _, english in (p.partition(":") for p in _LISTED.split())
)

_LETTERS = (("k", "c"), ("f", "ph"))
"""Letters of Dutch that English often writes otherwise."""


def cognates(word: str, language: str) -> Iterator[str]:
    """Yield how a folded word of a language (`nl` or `en`) may be written in the other.

    The likeliest first, the word itself last of all.
    """
    if len(word) < SHORTEST_WORD:
        return
    found = [word, *_respelt(word, language)]
    for spelling in found:
        yield from _with_other_ending(spelling, language)
    yield from reversed(found)


def _respelt(word: str, language: str) -> Iterator[str]:
    for dutch, english in _LETTERS:
        old, new = (dutch, english) if language == "nl" else (english, dutch)
        if old in word:
            yield word.replace(old, new)


def _with_other_ending(word: str, language: str) -> list[str]:
    """Return the word with its longest known ending replaced by each that answers to it."""
    pairs = _ENDINGS if language == "nl" else [(english, dutch) for dutch, english in _ENDINGS]
    room = len(word) - SHORTEST_STEM
    fitting = [(old, new) for old, new in pairs if len(old) <= room and word.endswith(old)]
    longest = max((len(old) for old, _ in fitting), default=0)
    return [word.removesuffix(old) + new for old, new in fitting if len(old) == longest]
