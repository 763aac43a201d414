"""The values of fields as text: braces, quotes, parts joined by # and @string abbreviations."""

from __future__ import annotations

import re

from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, String

from kenniskamer.bibliography.bibtex.types import MONTHS
from kenniskamer.bibliography.latex import BRACES

Values = dict[str, str]

MOST_STRINGS = 5_000
MOST_STRING_CHARACTERS = 2_000
TOKENS = re.compile(r'\s*(?:#|"((?:[^"{]|\{[^{}]*\})*)"|([^\s#"{}]+)|\{)')


def strings_of(library: Library) -> Values:
    """Return the @string abbreviations, with those of the months."""
    strings: Values = {name: name for name in MONTHS}
    for block in library.blocks[:]:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(inner, String) and len(strings) < MOST_STRINGS:
            value = _resolved(inner.value, strings)[:MOST_STRING_CHARACTERS]
            strings[inner.key.casefold()] = value
    return strings


def values_of(entry: Entry, strings: Values) -> Values:
    """Return the fields under small names; of a repeated one the longest value."""
    values: Values = {}
    for field in entry.fields[:500]:
        value = _resolved(str(field.value), strings)
        name = field.key.strip().casefold()
        if len(value) > len(values.get(name, "")):
            values[name] = value
    return values


def _resolved(value: str, strings: Values) -> str:
    """Return a value without what encloses it; parts joined by # are put together."""
    value = value.strip()
    if value[:1] == "{" and _closes(value, 0) == len(value) - 1:
        return value[1:-1]
    if value[:1] == '"' and value[-1:] == '"' and "#" not in value:
        return value[1:-1]
    parts: list[str] = []
    place = 0
    while place < len(value) and (match := TOKENS.match(value, place)):
        end = match.end()
        if match[0].endswith("{"):
            place = _closes(value, end - 1) + 1
            parts.append(value[end : place - 1])
            continue
        if match[1] is not None:
            parts.append(match[1])
        elif match[2]:
            parts.append(strings.get(match[2].casefold(), match[2]))
        place = end
    return "".join(parts) if place >= len(value.rstrip()) else value.strip('"{} ')


def _closes(value: str, start: int) -> int:
    """Return where the brace at `start` is closed; the end when it never is."""
    level = 0
    for brace in BRACES.finditer(value, start):
        level += 1 if brace[0] == "{" else -1
        if level == 0:
            return brace.start()
    return len(value)
