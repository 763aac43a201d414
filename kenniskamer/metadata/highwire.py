"""Highwire tags (`citation_…`), which Google Scholar and Zotero read from the page."""

from __future__ import annotations

from collections.abc import Iterator

from kenniskamer.bibliography.record import Record
from kenniskamer.metadata.described import Described
from kenniskamer.metadata.kinds import in_book, in_journal
from kenniskamer.metadata.pages import first_and_last

# A meta tag: its name and its content.
Tag = tuple[str, str]


def tags(study: Described) -> list[Tag]:
    """Return the tags that are true of a study, in a fixed order.

    They describe the original. The PDF is named only when it lies here, so that
    robots never follow a tag to another host.
    """
    return [tag for tag in _tags(study) if tag[1]]


def _tags(study: Described) -> Iterator[Tag]:
    record = study.record
    yield "citation_title", record.title
    for name in record.authors:
        yield "citation_author", name.inverted
    yield from _date(study)
    yield from _whole(record)
    yield "citation_volume", record.volume
    yield "citation_issue", record.issue
    first, last = first_and_last(record.pages)
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", record.doi
    yield "citation_isbn", record.isbn
    yield "citation_issn", record.issn
    yield "citation_language", study.language
    yield from (("citation_keywords", theme.label) for theme in study.page.themes)
    yield "citation_abstract_html_url", study.url
    yield from (("citation_pdf_url", file.url) for file in study.files[:1])


def _date(study: Described) -> Iterator[Tag]:
    """Yield the date as Google Scholar asks for it: 2019, 2019/05 or 2019/05/03."""
    yield "citation_publication_date", study.date.replace("-", "/")


def _whole(record: Record) -> Iterator[Tag]:
    """Yield what a publication is part of, and who brought it out."""
    if in_journal(record):
        yield "citation_journal_title", record.container
    elif in_book(record):
        yield "citation_inbook_title", record.container
        yield from (("citation_editor", name.inverted) for name in record.editors)
    elif record.type == "thesis":
        yield "citation_dissertation_institution", record.publisher
        yield "citation_dissertation_name", record.genre
        return
    elif record.type == "report":
        yield "citation_technical_report_institution", record.publisher
        yield "citation_technical_report_number", record.number
        return
    yield "citation_publisher", record.publisher
