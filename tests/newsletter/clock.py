"""Days to come, reckoned from today: a fixed day lies in the past sooner or later."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def next_year(month: int, day: int) -> dt.date:
    """Return a day of next year."""
    return dt.date(timezone.localdate().year + 1, month, day)


def clock_change(month: int) -> dt.date:
    """Return when the clocks of Europe change next year: the last Sunday of March or October."""
    last = next_year(month, 31)
    return last - dt.timedelta(days=last.isoweekday() % 7)
