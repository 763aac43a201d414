"""A type of CSL in the words of schema.org and OpenURL. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from kenniskamer.bibliography.record import Record

# Names of http://schema.org/docs/full.html; an article in a journal is scholarly.
_SCHEMA_ORG: Mapping[str, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "entry-dictionary": "Chapter",
    "entry-encyclopedia": "Chapter",
    "legislation": "Legislation",
    "pamphlet": "Report",
    "paper-conference": "ScholarlyArticle",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "ScholarlyArticle",
    "thesis": "Thesis",
    "webpage": "WebPage",
}

JOURNAL_TYPES = frozenset({"article", "article-journal", "article-magazine", "article-newspaper"})
"""What stands in a journal, magazine or newspaper, when it stands in anything."""

PART_TYPES = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
"""What stands in a book, when it stands in anything."""


def schema_type(record: Record) -> str:
    """Return the class of schema.org a publication belongs to."""
    return _SCHEMA_ORG.get(record.type, "CreativeWork")


def in_journal(record: Record) -> bool:
    """Say whether a publication stands in a journal that is named."""
    return record.type in JOURNAL_TYPES and bool(record.container)


def in_book(record: Record) -> bool:
    """Say whether a publication stands in a book that is named."""
    return record.type in PART_TYPES and bool(record.container)
