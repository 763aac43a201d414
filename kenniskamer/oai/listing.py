"""One page of a long list, and the token for the next."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from kenniskamer.models import HarvestRecord
from kenniskamer.oai.arguments import Arguments
from kenniskamer.oai.elements import add
from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.tokens import Position, make_token

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows out of `total`; `cursor` rows were given before it, `token` asks for more."""

    rows: list[HarvestRecord]
    total: int
    cursor: int
    token: str

    @property
    def is_whole(self) -> bool:
        """Say whether the list never needed a token."""
        return not self.token and not self.cursor


def page_of(arguments: Arguments) -> Listing:
    """Return the page that was asked for, in three queries.

    Raises OaiError (noRecordsMatch) when nothing is left to give.
    """
    wanted = HarvestRecord.objects.changed(arguments.since, arguments.until)
    wanted = wanted.in_set(arguments.set_slug)
    rest, cursor = wanted, 0
    if position := arguments.position:
        rest, cursor = wanted.after(position.last_changed, position.last_pk), position.cursor
    rows = list(rest.prefetch_related("memberships")[: PER_PAGE + 1])
    if not rows:
        raise OaiError("noRecordsMatch", "No record answers to this.")
    page, more = rows[:PER_PAGE], len(rows) > PER_PAGE
    token = _next(arguments, page[-1], cursor + len(page)) if more else ""
    return Listing(page, max(wanted.count(), cursor + len(page)), cursor, token)


def _next(arguments: Arguments, last: HarvestRecord, cursor: int) -> str:
    position = Position(
        arguments.prefix,
        arguments.since,
        arguments.until,
        arguments.set_slug,
        last.changed_at,
        last.pk,
        cursor,
    )
    return make_token(arguments.verb, position)


def add_token(answer: etree._Element, listing: Listing) -> None:
    """End a page with its token; the last page of several has an empty one (§3.5)."""
    if not listing.is_whole:
        size = {"completeListSize": str(listing.total), "cursor": str(listing.cursor)}
        add(answer, "resumptionToken", listing.token, size)
