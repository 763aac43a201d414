"""The preview of an import: its records as rows, narrowed by verdict, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from kenniskamer.bibliography.record import Record
from kenniskamer.models.imports import ReferenceImport, ReferenceRow, Verdict
from kenniskamer.references.words import remarks, verdict_in_words

PER_PAGE = 100
NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One record in the preview."""

    row: ReferenceRow
    line: int
    title: str
    facts: str
    verdict: str
    remarks: list[str]

    @property
    def can_be_chosen(self) -> bool:
        """Say whether there is anything to import."""
        return self.row.verdict != Verdict.UNREADABLE and self.row.page_id is None


@dataclass(frozen=True, slots=True)
class Tab:
    """A verdict to narrow the list to, with its count; the first is all of them."""

    value: str
    label: str
    count: int
    is_chosen: bool


def page_of(batch: ReferenceImport, query: Mapping[str, Any]) -> Page[ReferenceRow]:
    """Return one page of the records, of one verdict when that is asked."""
    rows = batch.rows.select_related("file", "duplicate_of", "page", "twin")
    verdict = query.get("verdict", "")
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    return Paginator(rows, PER_PAGE).get_page(query.get("page"))


def lines(page: Page[ReferenceRow]) -> list[Line]:
    """Return the records of a page, ready to be shown."""
    return [_line(row) for row in page.object_list]


def tabs(batch: ReferenceImport, query: Mapping[str, Any]) -> list[Tab]:
    """Return the verdicts that occur, each with its count."""
    counts = dict(batch.rows.order_by().values_list("verdict").annotate(count=Count("pk")))
    chosen = query.get("verdict", "")
    everything = Tab("", _("All"), sum(counts.values()), chosen not in counts)
    return [
        everything,
        *(
            Tab(verdict.value, str(verdict.label), counts[verdict], chosen == verdict)
            for verdict in Verdict
            if verdict in counts
        ),
    ]


def _line(row: ReferenceRow) -> Line:
    found = row.reading
    record = found.record or Record()
    return Line(
        row=row,
        line=found.line,
        title=record.title or found.excerpt,
        facts=facts_of(record),
        verdict=verdict_in_words(row),
        remarks=remarks(row, found),
    )


def facts_of(record: Record) -> str:
    """Return authors, year, and where it came out, as one line."""
    names = [name.reading for name in record.authors or record.editors]
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    where = record.container or record.publisher
    return " · ".join(part for part in (shown, record.issued.iso, where, record.doi) if part)
