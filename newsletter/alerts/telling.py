"""What a person was told already: by an alert, or by an edition of the newsletter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from newsletter.alerts.finding import Found
from newsletter.alerts.news import News
from newsletter.editions_told import works_told
from newsletter.models import Told


@dataclass(frozen=True, slots=True)
class Memory:
    """What one person was told.

    `items` come from alerts; `works` maps a work to the moment up to which an edition told
    the news about it.
    """

    items: set[str] = field(default_factory=set)
    works: dict[str, dt.datetime] = field(default_factory=dict)

    def knows(self, line: News) -> bool:
        """Say whether the person was told this."""
        until = self.works.get(line.work)
        return line.item in self.items or (until is not None and line.at <= until)

    def fresh(self, found: Iterable[Found], since: dt.datetime) -> list[Found]:
        """Return what of some news is later than a moment and not told, without what is."""
        left = []
        for one in found:
            lines = tuple(line for line in one.lines if line.at >= since and not self.knows(line))
            if lines:
                left.append(replace(one, lines=lines))
        return left


def memory_of(participant: int) -> Memory:
    """Return what a person was told, in a few queries."""
    items = Told.objects.filter(participant=participant).values_list("item", flat=True)
    return Memory(set(items), works_told(participant))


def remember(participant: int, found: Sequence[Found], at: dt.datetime) -> None:
    """Write down that a person is told this."""
    items = sorted({item for one in found for item in one.items})
    Told.objects.bulk_create(Told(participant_id=participant, item=item, at=at) for item in items)
