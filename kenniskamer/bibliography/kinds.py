"""The kind of a study, as a type of CSL with the genre that tells like from like. Pure."""

from __future__ import annotations

from kenniskamer.bibliography.record import Record
from kenniskamer.choices import StudyKind

TYPE_OF_KIND = {
    StudyKind.REPORT: ("report", ""),
    StudyKind.ARTICLE: ("article-journal", ""),
    StudyKind.BOOK: ("book", ""),
    StudyKind.CHAPTER: ("chapter", ""),
    StudyKind.THESIS: ("thesis", ""),
    StudyKind.REVIEW: ("report", "Review"),
    StudyKind.BRIEF: ("report", "Policy brief"),
    StudyKind.PAPER: ("report", "Working paper"),
    StudyKind.GUIDE: ("report", "Guide"),
    StudyKind.OTHER: ("document", ""),
}
"""How each kind is written down."""

KIND_OF_TYPE = {
    "article": StudyKind.PAPER,
    "article-journal": StudyKind.ARTICLE,
    "article-magazine": StudyKind.ARTICLE,
    "article-newspaper": StudyKind.ARTICLE,
    "book": StudyKind.BOOK,
    "chapter": StudyKind.CHAPTER,
    "entry-encyclopedia": StudyKind.CHAPTER,
    "manuscript": StudyKind.PAPER,
    "pamphlet": StudyKind.BRIEF,
    "paper-conference": StudyKind.PAPER,
    "report": StudyKind.REPORT,
    "review": StudyKind.REVIEW,
    "thesis": StudyKind.THESIS,
}

KIND_OF_WORD = {
    "review": StudyKind.REVIEW,
    "meta-analysis": StudyKind.REVIEW,
    "brief": StudyKind.BRIEF,
    "working paper": StudyKind.PAPER,
    "discussion paper": StudyKind.PAPER,
    "preprint": StudyKind.PAPER,
    "guide": StudyKind.GUIDE,
    "guideline": StudyKind.GUIDE,
    "handreiking": StudyKind.GUIDE,
    "manual": StudyKind.GUIDE,
    "thesis": StudyKind.THESIS,
    "proefschrift": StudyKind.THESIS,
}
"""Words in a genre that say more than the type."""

REVIEWS = frozenset(
    {"review", "review article", "systematic review", "literature review", "meta-analysis"}
)
"""Genres of an article that make it a review of studies; a book review is none."""

REFINED = frozenset({"report", "document", "article", "manuscript", "pamphlet"})
"""Types so wide that a genre may name another kind."""


def type_of(kind: StudyKind, *, in_journal: bool) -> tuple[str, str]:
    """Return type and genre of a kind; a review in a journal is an article."""
    if kind == StudyKind.REVIEW and in_journal:
        return "article-journal", TYPE_OF_KIND[kind][1]
    return TYPE_OF_KIND[kind]


def kind_of(record: Record) -> StudyKind:
    """Return what kind of publication a record is."""
    genre = record.genre.casefold()
    if record.type == "article-journal" and genre in REVIEWS:
        return StudyKind.REVIEW
    if record.type in REFINED:
        for word, kind in KIND_OF_WORD.items():
            if word in genre:
                return kind
    return KIND_OF_TYPE.get(record.type, StudyKind.OTHER)
