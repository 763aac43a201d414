"""Counting what visitors ask. Counts only: nothing that leads to a person.

Counts wait in the memory of the process and are written together, some seconds later, by a
thread of its own. So no page waits for the database, and a locked database only
delays them. What waits is lost when the process is killed; that is fine for counts.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import threading
import unicodedata
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from search.models import AskedQuestion
from search.models.asked import LONGEST_QUESTION
from search.personal import looks_personal
from search.query import QUOTES, clean

logger = logging.getLogger(__name__)

MOST_WAITING = 5_000
"""Different questions that may wait; what comes after is not counted."""

Key = tuple[str, str, dt.date]


@dataclass(slots=True)
class Counts:
    """What waits for one question."""

    asked: int = 0
    missed: int = 0
    chosen: int = 0

    def add(self, more: Counts) -> None:
        """Add other counts to these."""
        self.asked += more.asked
        self.missed += more.missed
        self.chosen += more.chosen


@dataclass
class Waiting:
    """The counts that are not written yet. Safe to use from many threads."""

    rows: dict[Key, Counts] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    timer: threading.Timer | None = None

    def add(self, key: Key, counts: Counts) -> None:
        """Add counts, and see to it that they are written soon."""
        with self.lock:
            if key in self.rows or len(self.rows) < MOST_WAITING:
                self.rows.setdefault(key, Counts()).add(counts)
            if self.timer is None and settings.SEARCH_COUNTS_SECONDS is not None:
                self.timer = threading.Timer(settings.SEARCH_COUNTS_SECONDS, write_in_background)
                self.timer.daemon = True
                self.timer.start()

    def take(self) -> dict[Key, Counts]:
        """Return what waits, and let nothing wait."""
        with self.lock:
            rows, self.rows, self.timer = self.rows, {}, None
        return rows


waiting = Waiting()


def normalised(text: str) -> str:
    """Return a question as it is counted: in small letters, without spaces and end marks."""
    plain = unicodedata.normalize("NFKC", clean(text)).translate(QUOTES).lower()
    shown = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return " ".join(shown.split()).strip(" ?!.,;:")


def countable(text: str) -> str:
    """Return a question as it is counted, "" when it is not: too long, or of a person."""
    if not settings.SEARCH_COUNTS_DAYS or looks_personal(text):
        return ""
    counted = normalised(text)
    return counted if len(counted) <= LONGEST_QUESTION else ""


def count_asked(text: str, language: str, *, missed: bool) -> bool:
    """Count one answered question; return whether it was one we count."""
    counted = countable(text)
    if counted:
        key = (counted, language, timezone.localdate())
        waiting.add(key, Counts(asked=1, missed=int(missed)))
    return bool(counted)


def count_chosen(text: str, language: str) -> None:
    """Count that something was opened from an answer of today."""
    if counted := countable(text):
        waiting.add((counted, language, timezone.localdate()), Counts(chosen=1))


def write_waiting() -> None:
    """Write what waits; keep it for later when the database cannot be written."""
    rows = waiting.take()
    if not rows:
        return
    try:
        write(rows)
    except DatabaseError as error:
        logger.warning("Counts of questions are kept for later: %s", type(error).__name__)
        for key, counts in rows.items():
            waiting.add(key, counts)


def write(rows: dict[Key, Counts]) -> None:
    """Add counts to the database, all or none.

    Rows are taken in a fixed order, so that two processes never wait for each other. What
    was opened is only added to a question that was asked, and never more often than that.
    """
    with transaction.atomic():
        AskedQuestion.objects.bulk_create(
            [
                AskedQuestion(text=text, language=language, day=day)
                for (text, language, day), counts in sorted(rows.items(), key=lambda row: row[0])
                if counts.asked
            ],
            ignore_conflicts=True,
        )
        for (text, language, day), counts in sorted(rows.items(), key=lambda row: row[0]):
            AskedQuestion.objects.filter(text=text, language=language, day=day).update(
                asked=F("asked") + counts.asked,
                missed=F("missed") + counts.missed,
                chosen=Least(F("chosen") + counts.chosen, F("asked") + counts.asked),
            )


def write_in_background() -> None:
    """Write what waits, in a thread that gives its connection back."""
    try:
        write_waiting()
    finally:
        connection.close()


atexit.register(write_waiting)
