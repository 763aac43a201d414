"""LaTeX in BibTeX values: accents and commands to text, and text to what BibTeX takes. Pure."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

MOST_DEPTH = 60
"""Braces within braces: deeper ones are no text, and reading them takes a stack."""

NEEDS_READING = re.compile(r"[\\${}~]|--|``|''|[?!]`|<<|>>|,,")
READER = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)
BRACES = re.compile(r"(?<!\\)[{}]")
LEFTOVER = re.compile(r"\\([A-Za-z]+)\*?\s*|\\(.)")
PERCENT = re.compile(r"(?<!\\)%")

CIRCUMFLEX = r"\textasciicircum{}"
HELD = "\x1a"
"""Stands for the sign ^, which pylatexenc takes for an accent. No clean text holds it."""

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": CIRCUMFLEX,
    "~": r"\textasciitilde{}",
}
LIGATURE = re.compile(
    r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)"
)


def to_text(value: str) -> str:
    """Return the text a LaTeX value stands for. What cannot be read keeps its letters."""
    if not NEEDS_READING.search(value):
        return value
    if depth(value) > MOST_DEPTH:
        return _plain(value)
    try:
        # A percent sign begins a comment in LaTeX, never in an exported value.
        value = PERCENT.sub(r"\\%", value).replace(CIRCUMFLEX, HELD)
        return str(READER.latex_to_text(value)).replace(HELD, "^")
    except (LatexWalkerError, ValueError, IndexError, AttributeError, RecursionError):
        return _plain(value)


def from_text(text: str) -> str:
    """Return text as a value that `to_text`, and LaTeX, read as that text."""
    held = LIGATURE.sub(HELD, text.replace(HELD, ""))
    return "".join(ESCAPES.get(sign, sign) for sign in held).replace(HELD, "{}")


def depth(value: str) -> int:
    """Return how deep the braces of a value go."""
    level = deepest = 0
    for brace in BRACES.finditer(value):
        level += 1 if brace[0] == "{" else -1
        deepest = max(deepest, level)
    return deepest


def _plain(value: str) -> str:
    """Return the letters of a value, without braces and names of commands."""
    return LEFTOVER.sub(lambda match: match[2] or " ", BRACES.sub("", value))
