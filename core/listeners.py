"""Counting listeners: once per recording and day, with nothing kept about who they are.

A listener is an address and the name of a browser or app, hashed with a salt that is made
each day and deleted with all hashes when the day is over: after that nobody, we included,
can tell whether two days had the same listener. IPv6 addresses count by /64, because
devices change the rest by themselves.

They count when they asked for a minute of sound (or all of a shorter recording), in one
piece or in many: a player that only looks at the beginning does not, nor do crawlers that
say what they are, nor who gives no name at all. So do the guidelines for podcasts of the
IAB Tech Lab; what is asked for counts, since where a web server or an object store gives out
the bytes, only they know what arrived.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from core import download_counts
from core.client_address import client_address, network
from core.count_buffer import CountBuffer
from core.machines import is_machine
from core.models import DaySalt, Listener
from core.ranges import RangeNotSatisfiable, asked_range, asks_again
from core.recovery import register

V4_BITS, V6_BITS = 32, 64


class Key(NamedTuple):
    """One listener to one file on one day; `enough` bytes make them count."""

    visitor: str
    day: dt.date
    file: str
    enough: int


waiting: CountBuffer[Key] = CountBuffer(
    "listeners", "DOWNLOAD_COUNTS_SECONDS", lambda rows: write(rows)
)


def count_listening(
    request: HttpRequest, *, file: str, size: int, enough: int, etag: str, last_modified: str
) -> None:
    """Note what a listener asked of a file of `size` bytes that is counted under a name."""
    asked = bytes_asked(request, size, etag, last_modified)
    if not asked or not request.headers.get("User-Agent", "").strip() or is_machine(request):
        return
    today = timezone.localdate()
    try:
        salt = _salt(today)
    except DatabaseError:
        return  # a count is never worth a listener who hears nothing
    enough = max(min(enough, size), 1)
    key = Key(_visitor(request, file, salt), today, file, enough)
    waiting.add(key, {"asked": min(asked, enough)})


def bytes_asked(request: HttpRequest, size: int, etag: str, last_modified: str) -> int:
    """Return how many bytes a request asks for; 0 when it only looks or asks again."""
    if request.method != "GET" or asks_again(request):
        return 0
    try:
        wanted = asked_range(request, size, etag, last_modified)
    except RangeNotSatisfiable:
        return 0
    return wanted[1] - wanted[0] + 1 if wanted else size


def write(rows: Mapping[Key, Counter[str]]) -> None:
    """Add what was asked for, and count who asked for enough, all or none."""
    fresh: dict[download_counts.Key, Counter[str]] = {}
    with transaction.atomic():
        Listener.objects.bulk_create(
            [Listener(visitor=key.visitor, day=key.day) for key in sorted(rows)],
            ignore_conflicts=True,
        )
        for key in sorted(rows):
            listener = Listener.objects.filter(visitor=key.visitor, is_counted=False)
            listener.update(asked=F("asked") + rows[key]["asked"])
            if listener.filter(asked__gte=key.enough).update(is_counted=True):
                fresh.setdefault((key.file, key.day), Counter())["count"] += 1
        download_counts.write(fresh)


@register
def forget_yesterday() -> None:
    """Delete the salts and the hashes of days that are over."""
    today = timezone.localdate()
    for rows in (DaySalt.objects.filter(day__lt=today), Listener.objects.filter(day__lt=today)):
        if rows.exists():
            rows.delete()


@lru_cache(maxsize=1)
def _salt(day: dt.date) -> str:
    """Return the salt of a day, the same in every process; the first to ask makes it."""
    row, _made = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    return row.salt


def _visitor(request: HttpRequest, file: str, salt: str) -> str:
    address = client_address(request)
    where = network(address, V4_BITS, V6_BITS) if address else ""
    message = f"{file}|{where}|{request.headers.get('User-Agent', '')}"
    return hmac.new(salt.encode(), message.encode(), hashlib.sha256).hexdigest()
