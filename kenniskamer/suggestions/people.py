"""Who wrote it: from the properties of the file, and from lines that name authors. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kenniskamer.bibliography.names import Name, from_inverted, from_reading, to_inverted
from kenniskamer.suggestions.model import PER_FIELD, VALUE_CHARACTERS, WORD, Suggestion, context

AUTHOR_PAGES = 2
FIRST_LINES = 40
MOST_NAMES = 12
SEPARATOR = "; "
"""Between the names of one suggestion; each is written family name first."""

LABEL = re.compile(
    r"^\W{0,3}(?:door|by|auteurs?|authors?|geschreven door|written by|samengesteld door)\b\s*:?\s+",
    re.I,
)
BETWEEN = re.compile(r"\s*(?:;|,|&|\ben\b|\band\b|\bund\b|\bet\b)\s*")
MARKS = re.compile(
    r"[\d*†‡§¶∗,]+$|\(.*?\)|\b(?:dr|prof|drs|mr|ir|ing|ph\.?d|msc|ma|bsc)\b\.?", re.I
)
NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’-]*\.?|[A-ZÀ-Þ]\.(?:[A-ZÀ-Þ]\.)*)"
    r"(?:\s+(?:[A-ZÀ-Þ]\.)+|\s+[A-ZÀ-Þ][\w'’-]+"
    r"|\s+(?:van|von|de|der|den|het|ten|ter|te|op|in|'t|’t|el|al|la|le|di|da|dos|bin)){0,5}"
    r"\s+[A-ZÀ-Þ][\w'’-]+"
)
NO_NAME = re.compile(
    r"\b(?:universit|institut|department|afdeling|minister|stichting|foundation|report|rapport|"
    r"journal|working paper|nederland|netherlands|summary|samenvatting|inhoud|contents|abstract|"
    r"introduction|inleiding|the|programma|programme|verkiezing|european|united|nations|general|"
    r"assembly|partij|party|press|council|commission|convention|regulation|policy|research|new|"
    r"social|public|college|school|street|london|amsterdam|rotterdam|utrecht|den haag|chapter)",
    re.I,
)
AFFILIATION = re.compile(r"universit|institut|department|school of|faculteit|afdeling|@", re.I)
ABSTRACT = re.compile(r"\W*(?:abstract|samenvatting|summary|inhoud|contents)\b", re.I)
UNFINISHED = re.compile(r"[A-ZÀ-Þ][\w.]*\s(?:van|von|de|der|den|van der|van den|van de|ten|ter)$")

PROGRAM = re.compile(
    r"\b(?:microsoft|adobe|acrobat|indesign|word|latex|quark|admin|user|gebruiker|eigenaar|owner|"
    r"scan(?:ner)?|unknown|onbekend|author|auteur)\b",
    re.I,
)


def authors(metadata: Mapping[str, Any], pages: Sequence[str]) -> list[Suggestion]:
    """Return lists of authors, the surest first; each value is one whole list."""
    found: dict[str, Suggestion] = {}
    for suggestion in (*_in_lines(pages), *_in_metadata(metadata, pages)):
        known = found.get(suggestion.value)
        # Two signs that agree are worth more than either.
        if known and "rejected" not in (known.certainty, suggestion.certainty):
            found[suggestion.value] = _surer(known)
        else:
            found.setdefault(suggestion.value, suggestion)
    order = ("high", "medium", "low", "rejected")
    return sorted(found.values(), key=lambda s: order.index(s.certainty))[:PER_FIELD]


def names_of(value: str) -> list[Name]:
    """Read the value of a suggestion back into names."""
    return [name for part in value.split(SEPARATOR) if (name := from_inverted(part))]


def _surer(suggestion: Suggestion) -> Suggestion:
    return Suggestion(
        "authors", suggestion.value, suggestion.source, "high", suggestion.page, suggestion.context
    )


def _in_metadata(metadata: Mapping[str, Any], pages: Sequence[str]) -> Iterable[Suggestion]:
    text = " ".join(str(metadata.get("author", "")).split())[:VALUE_CHARACTERS]
    if not text:
        return
    reason = _doubt(text, pages)
    names = _names(text) or [from_inverted(text)]
    value = _joined(names) or text
    certainty = "rejected" if reason else "medium"
    yield Suggestion("authors", value, "metadata", certainty, reason=reason)


def _doubt(text: str, pages: Sequence[str]) -> str:
    """Say why the author in the properties is none, "" when it may be one."""
    if PROGRAM.search(text) or re.search(r"[@\d]", text):
        return "program"
    if " " not in text or not any(sign.isupper() for sign in text):
        return "login"
    words = {word.lower() for word in WORD.findall(text)}
    known = {word.lower() for page in pages[:AUTHOR_PAGES] for word in WORD.findall(page)}
    return "not_on_pages" if len(known) >= 30 and not words & known else ""


def _in_lines(pages: Sequence[str]) -> Iterable[Suggestion]:
    """Yield labelled lists of names, then the names that stand by themselves on page 1."""
    for number, text in enumerate(pages[:AUTHOR_PAGES], start=1):
        for line in _first_lines(text):
            labelled = LABEL.match(line)
            names = _names(line[labelled.end() :]) if labelled else []
            if names:
                yield Suggestion("authors", _joined(names), "line", "medium", number, context(line))
    yield from _on_title_page(_first_lines(pages[0])) if pages else ()


def _on_title_page(lines: Sequence[str]) -> Iterable[Suggestion]:
    """Yield the names on a title page as one list: authors stand apart, between affiliations."""
    people: list[Name] = []
    first = ""
    for place, line in enumerate(lines):
        if ABSTRACT.match(line):
            break
        names = _names(line)
        around = " ".join(lines[max(place - 1, 0) : place + 2])
        if len(names) > 1 or (names and AFFILIATION.search(around)):
            people += names
            first = first or line
    if people and len(people) <= MOST_NAMES:
        certainty = "medium" if len(people) > 1 else "low"
        yield Suggestion("authors", _joined(people), "line", certainty, 1, context(first))


def _first_lines(text: str) -> list[str]:
    """Return the first lines of a page; one that ends in the middle of a name goes on."""
    lines: list[str] = []
    for line in text.split("\n")[:FIRST_LINES]:
        if lines and UNFINISHED.search(lines[-1]):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return lines


def _names(line: str) -> list[Name]:
    """Return the people a line names when it names nothing else, otherwise none."""
    if len(line) > VALUE_CHARACTERS or NO_NAME.search(line):
        return []
    parts = [MARKS.sub("", part).strip(" .") for part in BETWEEN.split(line)]
    parts = [part for part in parts if part]
    if not parts or len(parts) > MOST_NAMES:
        return []
    if not all(NAME.fullmatch(part) and not part.isupper() for part in parts):
        return []
    return [from_reading(part) for part in parts]


def _joined(names: Iterable[Name]) -> str:
    return SEPARATOR.join(to_inverted(name) for name in names if name)[:VALUE_CHARACTERS]
