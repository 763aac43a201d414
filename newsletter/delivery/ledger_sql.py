"""The statements of the ledger that are run for every mail, in as few round trips as can be.

The ORM would take longer over them than all the rest of a mail. PostgreSQL writes what was
sent and what begins in one statement, which is then a transaction of its own; SQLite takes
two, between BEGIN IMMEDIATE and COMMIT.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from newsletter.models import Delivery, Edition

_TABLE = connection.ops.quote_name(Delivery._meta.db_table)
_EDITIONS = connection.ops.quote_name(Edition._meta.db_table)

_TO_SENT = "state = 'sent', sent_at = %s"
_MAY_BE_SENT = "claim = %s AND state IN ('attempting', 'in_doubt')"
_UNLESS_ERASED = "CASE WHEN participant_id IS NULL THEN '' ELSE {} END"
"""Who was erased meanwhile stays so; servers repeat addresses in their answers."""
_TO_BEGUN = (
    "state = 'attempting', attempts = attempts + 1, attempted_at = %s,"
    " first_attempt_at = COALESCE(first_attempt_at, %s)"
)
_MAY_BEGIN = (
    "claim = %s AND state IN ('claimed', 'attempting')"  # noqa: S608
    f" AND edition_id IN (SELECT id FROM {_EDITIONS} WHERE state = 'sending')"
)

_SENT = (
    f"UPDATE {_TABLE} SET {_TO_SENT}, reply = {_UNLESS_ERASED.format('%s')},"  # noqa: S608
    f" address = {_UNLESS_ERASED.format('%s')}"
    f" WHERE id = %s AND {_MAY_BE_SENT}"
)
_BEGIN = f"UPDATE {_TABLE} SET {_TO_BEGUN} WHERE {_MAY_BEGIN} AND id IN ({{}})"  # noqa: S608
_BOTH = (
    f"WITH sent AS (UPDATE {_TABLE} SET {_TO_SENT},"  # noqa: S608
    f" reply = {_UNLESS_ERASED.format('told.reply')},"
    f" address = {_UNLESS_ERASED.format('told.address')}"
    " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS told (delivery, reply, address)"
    f" WHERE id = told.delivery AND {_MAY_BE_SENT}),"
    f" begun AS (UPDATE {_TABLE} SET {_TO_BEGUN} WHERE {_MAY_BEGIN} AND id = ANY(%s::bigint[])"
    " RETURNING id)"
    " SELECT count(*) FROM begun"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery that a server took, with its answer and the address it went to."""

    delivery: int
    reply: str
    address: str


def write(sender: str, sent: Sequence[Sent], begin: Sequence[int], now: dt.datetime) -> int:
    """Write what was sent and what begins, together; return how many of these begin."""
    if not sent and not begin:
        return 0
    if connection.vendor == "postgresql":
        return _write_at_once(sender, sent, begin, now)
    with transaction.atomic(), connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(now)
        if sent:
            rows = [(moment, row.reply, row.address, row.delivery, sender) for row in sent]
            cursor.executemany(_SENT, rows)
        if not begin:
            return 0
        statement = _BEGIN.format(", ".join(["%s"] * len(begin)))
        cursor.execute(statement, [moment, moment, sender, *begin])
        return int(cursor.rowcount)


def _write_at_once(
    sender: str, sent: Sequence[Sent], begin: Sequence[int], now: dt.datetime
) -> int:
    values: list[Any] = [
        now,
        [row.delivery for row in sent],
        [row.reply for row in sent],
        [row.address for row in sent],
        sender,
        now,
        now,
        sender,
        list(begin),
    ]
    import psycopg  # not there, and not needed, where everything is SQLite

    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        if raw.prepare_threshold is None:  # as Django leaves it, which overrules `prepare`
            raw.prepare_threshold = 0
            # A quarter of the statement's work was making the same plan again.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
        cursor.execute(_BOTH, values, prepare=True)
        row = cursor.fetchone()
    return int(row[0]) if row else 0
