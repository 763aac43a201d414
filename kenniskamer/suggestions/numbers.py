"""DOI and ISBN: found by their form, and checked where they can be. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kenniskamer.identifiers import isbn_in
from kenniskamer.suggestions.model import (
    CERTAINTIES,
    CITED,
    PER_FIELD,
    Suggestion,
    context,
    lines_with,
)

DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]{1,200}")
ISBN = re.compile(r"\bISBN\b[^\d]{0,20}(?=\d)", re.I)
ALONE = re.compile(rf"\W*DOI\W+(?:https?://(?:dx\.)?doi\.org/)?{DOI.pattern}\W*", re.I)
"""A line of an imprint: the word DOI, the number, and nothing else."""

OWN = re.compile(r"cite (?:this|as)|citeer|how to cite|citation:|suggested citation", re.I)


def dois(metadata: Mapping[str, Any], pages: Sequence[str]) -> list[Suggestion]:
    """Return the DOIs of the properties and of the first pages, the surest first."""
    found: dict[str, Suggestion] = {}
    for value in metadata.values():
        for match in DOI.finditer(str(value)):
            doi = _clean_doi(match[0])
            found.setdefault(doi, Suggestion("doi", doi, "metadata", "high"))
    on_pages = list(lines_with(DOI, pages))
    alone = len({_clean_doi(match[0]) for _, _, match in on_pages}) == 1
    for number, line, match in on_pages:
        doi = _clean_doi(match[0])
        if doi not in found:
            found[doi] = _doi_of_line(doi, number, line, alone)
    ranked = sorted(found.values(), key=lambda doi: CERTAINTIES.index(doi.certainty))
    return ranked[:PER_FIELD]


def _doi_of_line(doi: str, number: int, line: str, alone: bool) -> Suggestion:
    """Judge a DOI by its line: one in a reference is probably that of another work."""
    if OWN.search(line) or ALONE.fullmatch(line.strip()):
        return Suggestion("doi", doi, "line", "medium", number, context(line))
    if CITED.search(line) or not alone:
        return Suggestion("doi", doi, "line", "low", number, context(line), "cited")
    certainty = "medium" if number == 1 else "low"
    return Suggestion("doi", doi, "line", certainty, number, context(line))


def _clean_doi(text: str) -> str:
    doi = text.rstrip(".,;:/").lower()
    # A closing bracket belongs to the sentence unless the DOI opened it.
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;:/")
    return doi


def isbns(pages: Sequence[str]) -> list[Suggestion]:
    """Return the ISBNs behind that word whose check digit is right."""
    found: dict[str, tuple[int, str]] = {}
    for number, line, match in lines_with(ISBN, pages):
        isbn = isbn_in(line[match.end() :])
        if isbn:
            found.setdefault(isbn, (number, line))
    # Print and PDF each have their own: which one this file is, its editor sees.
    certainty = "medium" if len(found) > 1 else "high"
    return [
        Suggestion("isbn", isbn, "line", certainty, number, context(line))
        for isbn, (number, line) in list(found.items())[:PER_FIELD]
    ]
