"""Who would get an edition if it went out now, in numbers, before anybody is on its list."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from newsletter.delivery.queueing import audience
from newsletter.enums import SkipReason
from newsletter.models import Edition

_WHAT_OF_EACH = ("skip", "in_mail")
"""What `audience` says of somebody."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many get an approved edition, by language, and how many on the list do not, and why.

    `languages` and `skipped` are pairs of a name and a number, the largest first.
    """

    languages: list[tuple[str, int]]
    skipped: list[tuple[str, int]]

    @property
    def number(self) -> int:
        """Everybody who would get it."""
        return sum(number for _name, number in self.languages)


def forecast(edition: Edition, at: dt.datetime | None = None) -> Forecast:
    """Count by the very rule that the list is made by. Three queries, however many people."""
    mails = dict(edition.mails.values_list("pk", "language"))
    names = dict(settings.LANGUAGES)
    found = audience(edition, at or timezone.now()).order_by().values_list(*_WHAT_OF_EACH)
    getting: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for reason, mail, number in found.annotate(Count("pk")):
        if reason:
            skipped[str(SkipReason(reason).label)] += number
        else:
            getting[str(names[mails[mail]])] += number
    return Forecast(getting.most_common(), skipped.most_common())
