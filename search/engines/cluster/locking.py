"""One writer at a time, among all machines: a document that only one can create.

The lock runs out by itself, so a writer that dies holds up the others for a while only.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import SearchUnreachable
from search.engines.cluster.connection import Connection, Refused

LEASE_SECONDS = 120.0
WAIT_SECONDS = 300.0
_POLL_SECONDS = 0.05
_TAKEN, _ABSENT, _EXISTS = 400, 404, 409


class Lock:
    """A lock that is held; `renew` it during long work."""

    def __init__(self, connection: Connection, path: str) -> None:
        self._connection = connection
        self._path = path
        self._mark = uuid.uuid4().hex
        self._until = 0.0

    def take(self) -> bool:
        """Take the lock when it is free or has run out; say whether that worked."""
        self._until = time.time() + LEASE_SECONDS
        body = {"mark": self._mark, "until": self._until}
        try:
            self._connection.write("PUT", self._path, body, op_type="create")
        except Refused as error:
            if error.status != _EXISTS:
                raise
            self._clear_old()
            return False
        return True

    def renew(self) -> None:
        """Hold the lock longer, when a third of its time has gone."""
        if self._until - time.time() < LEASE_SECONDS * 2 / 3:
            self._until = time.time() + LEASE_SECONDS
            self._connection.write("PUT", self._path, {"mark": self._mark, "until": self._until})

    def release(self) -> None:
        """Give the lock back, when it is still ours."""
        held = self._held()
        if held and held["_source"]["mark"] == self._mark:
            self._remove(held)

    def _clear_old(self) -> None:
        held = self._held()
        if held and held["_source"]["until"] < time.time():
            self._remove(held)

    def _held(self) -> dict | None:  # type: ignore[type-arg]  # an answer of the cluster
        try:
            found: dict = self._connection.write("GET", self._path)  # type: ignore[type-arg]
        except Refused as error:
            if error.status != _ABSENT:
                raise
            return None
        return found

    def _remove(self, held: dict) -> None:  # type: ignore[type-arg]
        seen = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            self._connection.write("DELETE", self._path, **seen)
        except Refused as error:
            if error.status not in (_EXISTS, _ABSENT):
                raise  # otherwise another was first, which is as good


def _make_room(connection: Connection) -> None:
    """Make the index of locks; that it is there already is the usual answer."""
    body = {"settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}}
    try:
        connection.write("PUT", f"/{connection.address.prefix}-locks", body)
    except Refused as error:
        if error.status != _TAKEN:
            raise


@contextmanager
def locked(connection: Connection, name: str) -> Iterator[Lock]:
    """Hold a lock. Raises SearchUnreachable when another keeps it for too long."""
    lock = Lock(connection, f"/{connection.address.prefix}-locks/_doc/{name}")
    patience = time.monotonic() + WAIT_SECONDS
    _make_room(connection)
    while not lock.take():
        if time.monotonic() > patience:
            raise SearchUnreachable("Another process has been writing to the index for too long.")
        time.sleep(_POLL_SECONDS)
    try:
        yield lock
    finally:
        lock.release()
