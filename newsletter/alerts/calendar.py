"""When alerts go: in the morning of Amsterdam, each at its own pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from newsletter.models.follow import Frequency

OPEN_HOURS = 6
"""So long after the set hour alerts still go; after an outage they wait for the next morning."""

OVERLAP = dt.timedelta(days=14)
"""How far one looks back beyond the last time: a page may be found later than it was announced,
or be closed for a while to be mended. What was told is remembered, so nothing comes twice."""

LONGEST = dt.timedelta(days=62)
"""Nothing older is news, however long somebody paused or the site was away."""

NO_NEWSLETTER = dt.timedelta(days=45)
"""Who wants to hear with the newsletter hears after so long without one: well within LONGEST."""

MONDAY = 0


def local_hour(day: dt.date) -> dt.datetime:
    """Return the moment of a day at which alerts begin to go."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(settings.ALERTS_HOUR)))


def is_open(at: dt.datetime) -> bool:
    """Say whether alerts may go at a moment."""
    begin = local_hour(timezone.localdate(at))
    return begin <= at < begin + dt.timedelta(hours=OPEN_HOURS)


def due_moments(at: dt.datetime, newsletter_at: dt.datetime | None) -> Mapping[str, dt.datetime]:
    """Return per frequency the moment from which a follow is due that was considered before.

    `newsletter_at` is when the last edition had gone to everybody; None when none has.
    Who waits for the newsletter waits no longer than `NO_NEWSLETTER`.
    """
    today = timezone.localdate(at)
    monday = today - dt.timedelta(days=(today.weekday() - MONDAY) % 7)
    long_ago = local_hour(today - NO_NEWSLETTER)
    moments = {
        Frequency.DAILY: local_hour(today),
        Frequency.WEEKLY: local_hour(monday),
        Frequency.NEWSLETTER: max(newsletter_at, long_ago) if newsletter_at else long_ago,
    }
    return {frequency.value: moment for frequency, moment in moments.items() if moment <= at}


def look_back_to(
    confirmed_at: dt.datetime,
    considered_at: dt.datetime | None,
    waiting_since: dt.datetime | None,
    at: dt.datetime,
) -> dt.datetime:
    """Return since when news counts for a follow: never from before it was confirmed.

    `waiting_since` is the oldest news that was left to an edition still under way.
    """
    seen = considered_at - OVERLAP if considered_at else confirmed_at
    if waiting_since:
        seen = min(seen, waiting_since)
    return max(confirmed_at, seen, at - LONGEST)
