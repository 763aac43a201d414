"""Forgetting what visitors asked: all of it after a time, rare questions sooner."""

from __future__ import annotations

import datetime as dt
import time

from django.conf import settings
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from search.models import AskedQuestion

RARE = 3
"""A question asked less often than this may tell more about who asked than about the library."""

RARE_DAYS = 30
SECONDS_BETWEEN = 3600.0

_next = 0.0


def forget_now_and_then() -> None:
    """Forget what is old, at most once an hour."""
    global _next
    if time.monotonic() >= _next:
        _next = time.monotonic() + SECONDS_BETWEEN
        forget_old(timezone.localdate())


def forget_old(today: dt.date) -> int:
    """Delete counts that are too old; return how many rows went."""
    counts = AskedQuestion.objects
    old = counts.filter(day__lt=today - dt.timedelta(settings.SEARCH_COUNTS_DAYS))
    gone: int = old.delete()[0]
    same = counts.filter(text=OuterRef("text"), language=OuterRef("language")).order_by()
    total = same.values("text").annotate(total=Sum("asked")).values("total")
    rare = counts.filter(day__lt=today - dt.timedelta(RARE_DAYS)).annotate(total=Subquery(total))
    gone += counts.filter(
        pk__in=list(rare.filter(total__lt=RARE).values_list("pk", flat=True))
    ).delete()[0]
    return gone
