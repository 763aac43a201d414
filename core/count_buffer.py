"""Counts that wait in the memory of a process and are written together, some seconds later.

So no page and no download waits for the database, and a locked database only delays
them. What waits is lost when the process is killed; that is fine for counts.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

Key = TypeVar("Key")
MOST_WAITING = 5_000
"""Different keys that may wait; what comes after is not counted."""


class CountBuffer(Generic[Key]):
    """Counts by key and name. Safe to use from many threads.

    `write` adds counts to the database, all or none. `seconds` names the setting that
    says how long they wait; with None there they wait until `write_waiting`.
    """

    def __init__(
        self, what: str, seconds: str, write: Callable[[Mapping[Key, Counter[str]]], None]
    ) -> None:
        self._what, self._seconds, self._write = what, seconds, write
        self._rows: dict[Key, Counter[str]] = {}
        self._lock = threading.Lock()
        self.timer: threading.Timer | None = None
        atexit.register(self.write_waiting)

    def add(self, key: Key, counts: Mapping[str, int]) -> None:
        """Add counts, and see to it that they are written soon."""
        seconds = getattr(settings, self._seconds)
        with self._lock:
            if key in self._rows or len(self._rows) < MOST_WAITING:
                self._rows.setdefault(key, Counter()).update(counts)
            if self.timer is None and seconds is not None:
                self.timer = threading.Timer(seconds, self.write_in_background)
                self.timer.daemon = True
                self.timer.start()

    def take(self) -> dict[Key, Counter[str]]:
        """Return what waits, and let nothing wait."""
        with self._lock:
            rows, self._rows, self.timer = self._rows, {}, None
        return rows

    def write_waiting(self) -> None:
        """Write what waits; keep it for later when the database cannot be written."""
        rows = self.take()
        if not rows:
            return
        try:
            self._write(rows)
        except DatabaseError as error:
            logger.warning("Counts of %s are kept for later: %s", self._what, type(error).__name__)
            for key, counts in rows.items():
                self.add(key, counts)

    def write_in_background(self) -> None:
        """Write what waits, in a thread that gives its connection back."""
        try:
            self.write_waiting()
        finally:
            connection.close()
