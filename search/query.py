"""What people type into the search box, read forgivingly.

Quotation marks ask for exactly those words in that order, a minus before a
word leaves out what holds it; everything else is words to look for. There is
no syntax error: what cannot be read as an operator is read as text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from search.analysis import forms

MAX_CHARS = 400
MAX_WORDS = 32

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question as we read it.

    `text` is the cleaned question, for the search box; `words` the words to look
    for in the order they were typed, those of the phrases among them, and `loose`
    only those outside phrases; `phrases` and `excluded` hold folded words (an
    excluded word is a phrase of one).
    `truncated` says that the question was longer than we use.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    truncated: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    def unquoted(self) -> ParsedQuery:
        """Return the same question with the words of its phrases as loose words."""
        return replace(self, loose=self.words, phrases=())


def clean(text: str) -> str:
    """Return text without control characters and lone surrogates, spaces collapsed."""
    readable = (
        " "
        if unicodedata.category(char)[0] == "C" and char not in "\u00ad\u200b\u200c\u200d"
        else char
        for char in text
    )
    return " ".join("".join(readable).split())


def parse(text: str) -> ParsedQuery:
    """Read a question. Never raises; uses at most MAX_CHARS and MAX_WORDS of it."""
    cleaned = clean(text[: 4 * MAX_CHARS])
    used = cleaned[:MAX_CHARS]
    words: list[str] = []
    loose: list[str] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    for piece in _PIECE.finditer(used.translate(QUOTES)):
        found = tuple(forms(piece["word"] or piece["phrase"]))
        if not found:
            continue
        if piece["minus"]:
            excluded.append(found)
            continue
        typed = piece["word"] or piece["phrase"]
        words.extend(typed.split())
        if piece["word"]:
            loose.append(typed)
        else:
            phrases.append(found)
    too_long = len(text) > 4 * MAX_CHARS or len(cleaned) > MAX_CHARS or len(words) > MAX_WORDS
    return ParsedQuery(
        text=used,
        words=tuple(words[:MAX_WORDS]),
        loose=tuple(loose[:MAX_WORDS]),
        phrases=tuple(dict.fromkeys(phrases))[:MAX_WORDS],
        excluded=tuple(dict.fromkeys(excluded))[:MAX_WORDS],
        truncated=too_long,
    )
