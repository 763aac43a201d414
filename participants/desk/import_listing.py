"""The preview of an import: its rows with a verdict in words, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from participants.desk.listing import person_url
from participants.importing.verdicts import why_invalid
from participants.models import Participant
from participants.models.importing import ImportRow, PeopleImport, Verdict

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row in the preview. `url` leads to the person it is about, where there is one."""

    row: ImportRow
    remark: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A verdict to narrow the list to, with its count; the first is all of them."""

    value: str
    label: str
    count: int
    is_chosen: bool


def page_of(batch: PeopleImport, query: Mapping[str, Any]) -> Page[ImportRow]:
    """Return one page of the rows, of one verdict when that is asked."""
    rows = batch.rows.select_related("participant")
    verdict = query.get("verdict", "")
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    return Paginator(rows, PER_PAGE).get_page(query.get("page"))


def tabs(counts: Mapping[str, int], query: Mapping[str, Any]) -> list[Tab]:
    """Return the verdicts that occur, each with its count."""
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


def lines(page: Page[ImportRow]) -> list[Line]:
    """Return the rows of a page, ready to be shown."""
    keys = {row.address_key for row in page if row.verdict == Verdict.KNOWN}
    known = {one.address_key: one for one in Participant.objects.filter(address_key__in=keys)}
    return [_line(row, row.participant or known.get(row.address_key)) for row in page]


def _line(row: ImportRow, person: Participant | None) -> Line:
    return Line(row, _remark(row, person), person_url(person) if person else "")


def _remark(row: ImportRow, person: Participant | None) -> str:
    if row.participant_id:
        return _("Brought in.")
    if row.verdict == Verdict.KNOWN and person:
        state = person.get_state_display()
        return _("Nothing changes for this person. State: %(state)s.") % {"state": state}
    return {
        Verdict.NEW: "",
        Verdict.UNNAMED: _("Comes in only when you tick that below. We never guess a name."),
        Verdict.KNOWN: _("Nothing changes for this person."),
        Verdict.SUPPRESSED: _("Does not come in. Only this person can sign up again, on the site."),
        Verdict.DOUBLE: _("Stands on line %(line)s too; that one counts.")
        % {"line": row.first_line},
        Verdict.INVALID: why_invalid(row.address),
    }[Verdict(row.verdict)]
