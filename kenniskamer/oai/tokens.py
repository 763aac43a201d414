"""Resumption tokens: where a harvester was, in the token itself; nothing is kept here.

A token names the last row that was given, not a page number, so that rows that change
in the meantime move to the end of the list and none is skipped.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core import signing

from kenniskamer.oai.errors import OaiError

_SALT = "kenniskamer.oai"
# Ours are under 300 characters; a longer one is not worth checking whole.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list that was asked for, and how many rows were given before it."""

    prefix: str
    since: dt.datetime | None
    until: dt.datetime | None
    set_slug: str
    last_changed: dt.datetime
    last_pk: int
    cursor: int


def make_token(verb: str, position: Position) -> str:
    """Return the token of a place, signed, so that only ours come back."""
    values = [
        verb,
        position.prefix,
        _seconds(position.since),
        _seconds(position.until),
        position.set_slug,
        _seconds(position.last_changed),
        position.last_pk,
        position.cursor,
    ]
    return signing.dumps(values, salt=_SALT)


def read_token(verb: str, token: str) -> Position:
    """Return the place a token names.

    Raises OaiError (badResumptionToken) for one that is not ours or of another verb.
    """
    try:
        values: list[Any] = signing.loads(token[:_LONGEST], salt=_SALT)
    except signing.BadSignature:
        values = [None]
    if values[0] != verb:
        raise OaiError("badResumptionToken", "This token is not one of this list; start again.")
    _verb, prefix, since, until, slug, changed, pk, cursor = values
    last_changed = dt.datetime.fromtimestamp(changed, tz=dt.UTC)
    return Position(prefix, _moment(since), _moment(until), slug, last_changed, pk, cursor)


def _seconds(moment: dt.datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
