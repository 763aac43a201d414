"""What the imprint says: publisher, licence, and what kind of publication it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kenniskamer.suggestions.model import (
    PER_FIELD,
    VALUE_CHARACTERS,
    Suggestion,
    context,
    lines_with,
)

PUBLISHER = re.compile(
    r"^.{0,3}\b(?:uitgegeven door|(?:een )?uitgave van|uitgever(?:ij)?\s*:|gepubliceerd door|"
    r"verschenen bij|published by|publisher\s*:|issued by)\s*:?\s*(?P<name>[A-ZÀ-Þ'’][^.;|©\n]{2,90})",
    re.I,
)
OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d[\s,:-]*)?"
    r"(?P<name>[A-ZÀ-Þ][^.;|©\n\d]{2,90})"
)
NO_OWNER = re.compile(
    r"^(?:all rights|alle rechten|the authors?|de auteurs?|auteurs?|notice|law)", re.I
)

RESERVED = re.compile("all rights reserved|alle rechten voorbehouden", re.I)
LICENCE = re.compile(
    r"creativecommons\.org/(?:licen[sc]es|publicdomain)/[a-z-]+(?:/\d\.\d)?|"
    r"\bCC[ -]?(?:0|BY(?:-(?:NC|SA|ND)){0,2})(?:[ -]?\d\.\d)?(?![\w-])|"
    r"all rights reserved|alle rechten voorbehouden",
    re.I,
)

KINDS = (
    ("thesis", "high", re.compile(r"\b(proefschrift|academisch proefschrift|dissertation)\b", re.I)),
    ("thesis", "medium", re.compile(r"\b((?:master|bachelor|doctoral)\W?s?[ -]?(?:thesis|scriptie))", re.I)),
    ("paper", "high", re.compile(r"\b(working paper|discussion paper)\b", re.I)),
    ("brief", "high", re.compile(r"\b(policy brief|beleidsnotitie|policy note)\b", re.I)),
    (
        "review",
        "medium",
        re.compile(r"\b(systematic review|literature review|literatuurstudie|meta-analy[sz]e?)", re.I),
    ),
    ("article", "medium", re.compile(r"\b(ISSN|journal of [a-z]+|vol(?:ume|\.)\s*\d+)\b", re.I)),
    ("article", "low", re.compile(r"^\s*(abstract|keywords|trefwoorden)\b", re.I)),
    ("guide", "medium", re.compile(r"\b(handreiking|handleiding|guidelines?|toolkit|handboek)\b", re.I)),
    ("report", "medium", re.compile(r"\b(onderzoeksrapport|eindrapport|research report|final report)\b", re.I)),
    ("report", "low", re.compile(r"\b(rapport|report of)\b", re.I)),
)  # fmt: skip
"""Signs of the kinds of publication in `choices.StudyKind`, the most telling first."""

KIND_PAGES = 2


def publishers(pages: Sequence[str]) -> list[Suggestion]:
    """Return who published it according to the imprint, then who holds the rights."""
    found: dict[str, Suggestion] = {}
    for pattern, certainty in ((PUBLISHER, "medium"), (OWNER, "low")):
        for number, line, match in lines_with(pattern, pages):
            name = " ".join(match["name"].split()).strip(" ,:-–")[:VALUE_CHARACTERS]
            name = re.sub(r"^(?:the|de|het)\s+", "", name, flags=re.I)
            if len(name) > 2 and name[0].isupper() and not NO_OWNER.match(name):
                suggestion = Suggestion("publisher", name, "line", certainty, number, context(line))
                found.setdefault(name.casefold(), suggestion)
    return list(found.values())[:PER_FIELD]


def licences(metadata: Mapping[str, Any], pages: Sequence[str]) -> list[Suggestion]:
    """Return the words that give a licence; which choice they mean is decided where it is kept."""
    found: dict[str, Suggestion] = {}
    for value in metadata.values():
        for match in LICENCE.finditer(str(value)):
            found.setdefault(match[0].lower(), Suggestion("licence", match[0], "metadata", "high"))
    for number, line, match in lines_with(LICENCE, pages):
        certainty = "medium" if RESERVED.search(match[0]) else "high"
        suggestion = Suggestion("licence", match[0], "line", certainty, number, context(line))
        found.setdefault(match[0].lower(), suggestion)
    return list(found.values())[:PER_FIELD]


def kinds(pages: Sequence[str]) -> list[Suggestion]:
    """Return what kind of publication it may be, by the words on its first pages."""
    found: dict[str, Suggestion] = {}
    for kind, certainty, pattern in KINDS:
        for number, line, _match in lines_with(pattern, pages[:KIND_PAGES]):
            if kind not in found and len(line) <= 160:
                found[kind] = Suggestion(
                    "study_kind", kind, "line", certainty, number, context(line)
                )
    order = ("high", "medium", "low")
    return sorted(found.values(), key=lambda s: order.index(s.certainty))[:PER_FIELD]
