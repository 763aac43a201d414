"""What alerts no longer need: unconfirmed wishes, and what was told long ago."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.utils import timezone

from newsletter.editions_told import REMEMBERED
from newsletter.models import Alert, Follow, Told

TOLD_KEPT = REMEMBERED
"""Longer than the oldest thing that counts as news (`calendar.LONGEST`)."""

EVERY = dt.timedelta(hours=1)


def forget_now_and_then() -> None:
    """Forget what is old, once an hour in each process."""
    if cache.add("newsletter.alerts.forgotten", True, EVERY.total_seconds()):
        forget(timezone.now())


def forget(at: dt.datetime) -> None:
    """Delete what is old at a moment."""
    Follow.objects.forgotten(at).delete()
    Told.objects.filter(at__lt=at - TOLD_KEPT).delete()
    Alert.objects.filter(made_at__lt=at - TOLD_KEPT).delete()
