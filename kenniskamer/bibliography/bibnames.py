"""Names as BibTeX writes them: “von Last, Jr, First and {An Organisation}”. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kenniskamer.bibliography import names
from kenniskamer.bibliography.latex import from_text, to_text
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.record import MOST_NAMES

MOST_CHARACTERS = 100_000
PIECE = re.compile(r"\\.|[{}]|,|\s+and(?=\s)|\s+", re.IGNORECASE | re.DOTALL)


def people(value: str) -> list[Name]:
    """Return the names in an author or editor field."""
    found = (_name(part) for part in _split(value[:MOST_CHARACTERS], "and")[:MOST_NAMES])
    return [name for name in found if name]


def written(some: Iterable[Name]) -> str:
    """Return names as a field that `people` reads back."""
    return " and ".join(_write(name) for name in some)


def _write(name: Name) -> str:
    if name.literal:
        return f"{{{from_text(name.literal)}}}"
    # A part in braces is one word to BibTeX: no “and” in it parts two people.
    parts = [from_text(f"{name.particle} {name.family}".strip()), from_text(name.suffix)]
    given = from_text(name.given)
    return ", ".join(_held(part) for part in (*parts, given) if part)


def _held(part: str) -> str:
    return f"{{{part}}}" if re.search(r"\band\b", part, re.IGNORECASE) else part


def _name(raw: str) -> Name:
    raw = raw.strip()
    if not raw or raw.casefold() == "others":
        return Name()
    if _is_one_group(raw):
        return names.organisation(to_text(raw[1:-1]))
    parts = [to_text(part).strip() for part in _split(raw, ",")]
    if len(parts) == 1:
        return names.from_reading(parts[0])
    if len(parts) == 2:
        return names.person(parts[0], parts[1])
    return names.person(parts[0], " ".join(parts[2:]), suffix=parts[1])


def _is_one_group(raw: str) -> bool:
    """Say whether one pair of braces holds all of it, which makes it an organisation."""
    if raw[:1] != "{" or raw[-1:] != "}":
        return False
    level = 0
    for match in re.finditer(r"\\.|[{}]", raw, re.DOTALL):
        level += {"{": 1, "}": -1}.get(match[0], 0)
        if level == 0:
            return match.end() == len(raw)
    return False


def _split(value: str, mark: str) -> list[str]:
    """Split at a comma or at “and” where no brace is open."""
    parts: list[str] = []
    level = begin = 0
    for match in PIECE.finditer(value):
        piece = match[0]
        if piece in ("{", "}"):
            level = max(0, level + (1 if piece == "{" else -1))
        elif level == 0 and piece.strip().lower() == mark:
            parts.append(value[begin : match.start()])
            begin = match.end()
    return [*parts, value[begin:]]
