"""Verdicts on references in sentences: what is wrong, what it means, what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenniskamer.bibliography.reading import Flaw, Found
from kenniskamer.duplicates import Sign
from kenniskamer.models.imports import ReferenceRow, Verdict

FLAWS = {
    Flaw.FORMAT: gettext_lazy(
        "This is not RIS, BibTeX or CSL-JSON. Export the references again in one of these formats."
    ),
    Flaw.SYNTAX: gettext_lazy("What stands here does not follow the rules of its format."),
    Flaw.NOT_CLOSED: gettext_lazy(
        "The entry that begins here is never closed: a brace, a quotation mark or a comma is "
        "missing."
    ),
    Flaw.NOT_AN_OBJECT: gettext_lazy("What stands here is not a reference."),
    Flaw.EMPTY: gettext_lazy("Nothing is filled in here that tells of a publication."),
    Flaw.TOO_LARGE: gettext_lazy("This record is too large to be a reference."),
    Flaw.TOO_MANY: gettext_lazy(
        "The file holds more records than can be read at once. Split it, and add the rest."
    ),
    Flaw.LIMIT: gettext_lazy(
        "Reading the rest takes more time or memory than one file may use. Split the file, and "
        "add the rest."
    ),
    Flaw.NO_END: gettext_lazy(
        "The end of this record is missing; check whether all of it is here."
    ),
    Flaw.REPEATED_FIELD: gettext_lazy(
        "A field stands here more than once; the longest value is taken."
    ),
    Flaw.BAD_DOI: gettext_lazy("The DOI is not one, and is left out."),
    Flaw.CUT: gettext_lazy("The title is too long and has been cut."),
}
MISSING = {
    "title": gettext_lazy("title"),
    "author": gettext_lazy("author"),
    "year": gettext_lazy("year"),
}
SIGNS = {
    Sign.FILE: gettext_lazy("same file"),
    Sign.DOI: gettext_lazy("same DOI"),
    Sign.ISBN: gettext_lazy("same ISBN"),
    Sign.WORK: gettext_lazy("same title, year and first author"),
}


def remarks(row: ReferenceRow, found: Found) -> list[str]:
    """Return what there is to say about a record, a sentence each."""
    said = [str(FLAWS[flaw]) for flaw in found.flaws]
    if found.detail and said:
        said[-1] = f"{said[-1]} ({found.detail})"
    if row.missing:
        names = ", ".join(str(MISSING[name]) for name in row.missing)
        said.append(_("Missing: %(names)s.") % {"names": names})
    if row.failed:
        said.append(_("This record does not fit a study; add it by hand."))
    return said


def verdict_in_words(row: ReferenceRow) -> str:
    """Return the verdict, and for a duplicate by which sign."""
    label = str(row.get_verdict_display())
    if row.verdict != Verdict.DUPLICATE or not row.sign:
        return label
    if row.twin_id:
        label = _("Twice in this import")
    return f"{label} ({SIGNS[Sign(row.sign)]})"
