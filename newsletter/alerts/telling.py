"""What a person was told already: by an alert, or by an edition of the newsletter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from newsletter.alerts.finding import Found
from newsletter.alerts.news import News
from newsletter.editions_told import Heard, heard_by
from newsletter.models import Told


@dataclass(frozen=True, slots=True)
class Memory:
    """What one person was told: `items` by alerts, `heard` by editions."""

    items: set[str] = field(default_factory=set)
    heard: Heard = field(default_factory=Heard)

    def knows(self, line: News) -> bool:
        """Say whether the person was told this for certain."""
        return line.item in self.items or any(news.tells(line) for news in self.heard.sent)

    def waits_for(self, line: News) -> bool:
        """Say whether a mail that is still under way may tell this."""
        return any(news.tells(line) for news in self.heard.pending)

    def fresh(self, found: Iterable[Found], since: dt.datetime) -> list[Found]:
        """Return what of some news is later than a moment and not told, without what is.

        What is fresh here counts as told from then on.
        """
        left = []
        for one in found:
            untold = [line for line in one.lines if line.at >= since and not self.knows(line)]
            lines = tuple(line for line in untold if not self.waits_for(line))
            if lines:
                left.append(replace(one, lines=lines))
                self.items.update(line.item for line in lines)
        return left

    def waiting_since(self, found: Iterable[Found], since: dt.datetime) -> dt.datetime | None:
        """Return when the oldest news was announced that only a mail under way may tell.

        That mail may be stopped or refused: until it is settled such news stays due.
        """
        lines = (line for one in found for line in one.lines if line.at >= since)
        waiting = (line.at for line in lines if not self.knows(line) and self.waits_for(line))
        return min(waiting, default=None)


def memory_of(participant: int, at: dt.datetime) -> Memory:
    """Return what a person was told, in two queries and what is remembered of editions."""
    items = Told.objects.filter(participant=participant).values_list("item", flat=True)
    return Memory(set(items), heard_by(participant, at))


def remember(participant: int, found: Sequence[Found], at: dt.datetime) -> None:
    """Write down that a person is told this."""
    items = sorted({item for one in found for item in one.items})
    Told.objects.bulk_create(Told(participant_id=participant, item=item, at=at) for item in items)
