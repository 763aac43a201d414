"""Turn what a PDF parser gives for a page into text people would have typed.

Parsers pass on what the type-setter left: ligatures, words broken at the end of
a line, control characters, glyphs without a meaning. Searching needs the words.
Pure functions; `normalise` changes nothing in its own result.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

SOFT_HYPHEN = "\u00ad"
LINE_END_MARK = "\ufffe"
"""What pdfium writes for a hyphen that a line break caused."""

SYMBOL_BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "•", 0xF076: "•"}
"""List marks of the symbol fonts of word processors: private-use, yet known."""

LIGATURE = re.compile("[\ufb00-\ufb06]")
SYMBOL_BULLET = re.compile("[" + "".join(map(chr, SYMBOL_BULLETS)) + "]")

CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 without the line breaks
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\uffff"  # invisible, direction
    "\ud800-\udfff]"  # halves of a character: no database stores them
)
LOST = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
OTHER_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SPACES = re.compile("  +")
SPACES_AT_LINE_END = re.compile(" ?\n ?")
MARKED_BREAK = re.compile(f"[{SOFT_HYPHEN}{LINE_END_MARK}] ?\n ?(?=\\w)")
MARKS = re.compile(f"[{SOFT_HYPHEN}{LINE_END_MARK}]")
BROKEN_WORD = re.compile(r"\b(?P<left>\w++)[-\u2010]\n(?=(?P<right>\w+))")
BROKEN_PAIR = re.compile(r"\b\w++[-\u2010\u00ad\ufffe] ?\n ?\w+")
WORD = re.compile(r"\w+(?:-\w+)*")
BLANK_LINES = re.compile(r"\n{3,}")

CONJUNCTIONS = frozenset(["en", "of", "tot", "noch", "and", "or", "to", "und", "oder", "et", "ou"])
"""After "in- en uitvoer" the hyphen stands for the rest of a word that follows."""

COMPOUNDING = re.compile(r"\b(?:de|het|een|van|der|die|und|das|och|det)\b")
NOT_COMPOUNDING = re.compile(r"\b(?:the|of|and|to|les|et|des|los|della?|che)\b")

SMALLEST_REPEAT = 50
"""Words a page needs before it can be called a text printed twice."""


def normalise(raw: str, vocabulary: Collection[str] = (), *, compounds: bool = True) -> str:
    """Return the text of a page ready to be read, stored and searched.

    `vocabulary` holds the lower-case words of the whole file and tells a real
    hyphen from one the line break caused; `compounds` says that the language
    writes compounds as one word.
    """
    text = LINE_BREAKS.sub("\n", _spell_ligatures(raw))
    text = CONTROLS.sub("", _known_bullets(text))
    text = unicodedata.normalize("NFC", LOST.sub(" ", text))
    text = SPACES.sub(" ", OTHER_SPACE.sub(" ", text))
    text = MARKS.sub("", MARKED_BREAK.sub("", text))
    text = SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = _rejoin(SPACES_AT_LINE_END.sub("\n", text).strip(" "), vocabulary, compounds)
    return BLANK_LINES.sub("\n\n", text).strip()


def _spell_ligatures(text: str) -> str:
    return LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _known_bullets(text: str) -> str:
    return SYMBOL_BULLET.sub(lambda match: SYMBOL_BULLETS[ord(match[0])], text)


def lost_characters(raw: str) -> int:
    """Count the characters whose meaning the file does not tell.

    They come from fonts without a table to Unicode; only reading the picture of
    the page (OCR) would bring them back.
    """
    return len(LOST.findall(_known_bullets(raw)))


def words(texts: Iterable[str]) -> set[str]:
    """Return the lower-case words of a file, leaving out those a line end breaks."""
    found: set[str] = set()
    for text in texts:
        plain = BROKEN_PAIR.sub(" ", _spell_ligatures(text))
        found.update(word.lower() for word in WORD.findall(plain))
    return found


def writes_compounds(texts: Iterable[str]) -> bool:
    """Tell by its commonest words whether a file writes compounds as one word.

    As Dutch and German do, and English and French do not.
    """
    balance = 0
    for text in texts:
        balance += len(COMPOUNDING.findall(text)) - len(NOT_COMPOUNDING.findall(text))
    return balance >= 0


def without_repeat(text: str) -> str:
    """Return the text once when the page holds it twice in a row.

    Scans that went through text recognition twice carry two text layers.
    """
    spans = [match.span() for match in WORD.finditer(text)]
    half, odd = divmod(len(spans), 2)
    if odd or half < SMALLEST_REPEAT:
        return text
    pairs = zip(spans[:half], spans[half:], strict=True)
    same = sum(text[a:b] == text[c:d] for (a, b), (c, d) in pairs)
    return text[: spans[half][0]].rstrip() if same >= 0.95 * half else text


def _rejoin(text: str, vocabulary: Collection[str], compounds: bool) -> str:
    """Put words together that the end of a line broke in two."""

    def mend(match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        if right.lower() in CONJUNCTIONS:
            return f"{left}- "
        if _is_real_hyphen(left, right, vocabulary, compounds):
            return f"{left}-"
        return left

    return BROKEN_WORD.sub(mend, text)


def _is_real_hyphen(left: str, right: str, vocabulary: Collection[str], compounds: bool) -> bool:
    """Tell whether the word has its hyphen in the middle of a line as well."""
    if not (left[-1].islower() and right[0].islower()) or len(left) == 1:
        return True
    joined = (left + right).lower()
    if joined in vocabulary:
        return False
    if f"{left}-{right}".lower() in vocabulary:
        return True
    # "evidence-based": two words of their own, and never seen as one.
    both_stand_alone = left.lower() in vocabulary and right.lower() in vocabulary
    return both_stand_alone and not compounds and min(len(left), len(right)) >= 4
