"""Counting downloads per file per day: no address, no cookie, nothing about a person.

Like counts of questions, these wait in memory and are written together some seconds
later, so that no download waits for the database. What waits is lost when the process
is killed; that is fine for counts.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from core.machines import is_machine
from core.models import DownloadCount

logger = logging.getLogger(__name__)

Key = tuple[str, dt.date]


class Waiting:
    """The counts that are not written yet. Safe to use from many threads."""

    def __init__(self) -> None:
        self._rows: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, rows: Mapping[Key, int]) -> None:
        """Add counts, and see to it that they are written soon."""
        with self._lock:
            self._rows.update(rows)
            if self._timer is None and settings.DOWNLOAD_COUNTS_SECONDS is not None:
                self._timer = threading.Timer(settings.DOWNLOAD_COUNTS_SECONDS, write_in_background)
                self._timer.daemon = True
                self._timer.start()

    def take(self) -> Counter[Key]:
        """Return what waits, and let nothing wait."""
        with self._lock:
            rows, self._rows, self._timer = self._rows, Counter(), None
        return rows


waiting = Waiting()


def count_download(request: HttpRequest, response: HttpResponseBase, file: str) -> None:
    """Count a download that begins at the first byte; crawlers say what they are."""
    if request.method == "GET" and begins(request, response) and not is_machine(request):
        waiting.add({(file, timezone.localdate()): 1})


def begins(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether an answer holds the first byte: a viewer asks for the rest in pieces."""
    if response.status_code != 206:
        return response.status_code == 200
    return str(response.headers.get("Content-Range", "")).startswith("bytes 0-")


def write_waiting() -> None:
    """Write what waits; keep it for later when the database cannot be written."""
    rows = waiting.take()
    if not rows:
        return
    try:
        write(rows)
    except DatabaseError as error:
        logger.warning("Counts of downloads are kept for later: %s", type(error).__name__)
        waiting.add(rows)


def write(rows: Mapping[Key, int]) -> None:
    """Add counts to the database, all or none, in an order that is the same everywhere."""
    counts = DownloadCount.objects
    with transaction.atomic():
        counts.bulk_create(
            [DownloadCount(file=file, day=day) for file, day in sorted(rows)],
            ignore_conflicts=True,
        )
        for (file, day), more in sorted(rows.items()):
            counts.filter(file=file, day=day).update(count=F("count") + more)


def write_in_background() -> None:
    """Write what waits, in a thread that gives its connection back."""
    try:
        write_waiting()
    finally:
        connection.close()


def per_day(files: Sequence[str], since: dt.date) -> dict[str, dict[dt.date, int]]:
    """Return the counts of files by day, from a day on."""
    found: dict[str, dict[dt.date, int]] = {file: {} for file in files}
    rows = DownloadCount.objects.filter(file__in=files, day__gte=since)
    for file, day, count in rows.values_list("file", "day", "count"):
        found[file][day] = count
    return found


def totals(files: Sequence[str]) -> dict[str, int]:
    """Return how often each file was downloaded in all."""
    rows = DownloadCount.objects.filter(file__in=files).values_list("file")
    return dict(rows.annotate(total=Sum("count")))


atexit.register(write_waiting)
