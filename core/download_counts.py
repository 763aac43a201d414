"""Counting downloads per file per day: no address, no cookie, nothing about a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from core.count_buffer import CountBuffer
from core.handing_over import is_handed_over
from core.machines import is_machine
from core.models import DownloadCount
from core.ranges import asks_again

Key = tuple[str, dt.date]
waiting: CountBuffer[Key] = CountBuffer(
    "downloads", "DOWNLOAD_COUNTS_SECONDS", lambda rows: write(rows)
)


def count_download(request: HttpRequest, response: HttpResponseBase, file: str) -> None:
    """Count a download that begins at the first byte; crawlers say what they are."""
    if request.method == "GET" and begins(request, response) and not is_machine(request):
        count(file)


def count(file: str) -> None:
    """Count one download of a file, today."""
    waiting.add((file, timezone.localdate()), {"count": 1})


def begins(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether an answer holds the first byte: a viewer asks for the rest in pieces."""
    if is_handed_over(response):
        first = request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-")
        return first and not asks_again(request)
    if response.status_code != 206:
        return response.status_code == 200
    return str(response.headers.get("Content-Range", "")).startswith("bytes 0-")


def write(rows: Mapping[Key, Counter[str]]) -> None:
    """Add counts to the database, all or none, in an order that is the same everywhere."""
    counts = DownloadCount.objects
    with transaction.atomic():
        counts.bulk_create(
            [DownloadCount(file=file, day=day) for file, day in sorted(rows)],
            ignore_conflicts=True,
        )
        for (file, day), more in sorted(rows.items()):
            counts.filter(file=file, day=day).update(count=F("count") + more["count"])


def per_day(files: Sequence[str], since: dt.date) -> dict[str, dict[dt.date, int]]:
    """Return the counts of files by day, from a day on."""
    found: dict[str, dict[dt.date, int]] = {file: {} for file in files}
    rows = DownloadCount.objects.filter(file__in=files, day__gte=since)
    for file, day, number in rows.values_list("file", "day", "count"):
        found[file][day] = number
    return found


def totals(files: Sequence[str]) -> dict[str, int]:
    """Return how often each file was downloaded in all."""
    rows = DownloadCount.objects.filter(file__in=files).values_list("file")
    return dict(rows.annotate(total=Sum("count")))
