"""How far an edition is, for a screen: counts, rate, time left, and who is sending."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from newsletter.delivery.looking_after import LEASE
from newsletter.delivery.pacing import EVERYWHERE
from newsletter.enums import UNFINISHED, DeliveryState, EditionState
from newsletter.models import Delivery, Edition, Pace, Sender


@dataclass(frozen=True, slots=True)
class Progress:
    """What there is to say about the sending of an edition at one moment.

    `counts` holds every state. `rate` is in mails a second, of all senders; `left` is the
    time that what is not finished takes at that rate, None when that cannot be said.
    `bounced` counts also what was refused at once, `returned` only what was taken first.
    """

    counts: dict[str, int]
    rate: float
    left: dt.timedelta | None
    senders: int
    troubles: tuple[str, ...]
    held_until: dt.datetime | None
    bounced: int
    returned: int
    complained: int
    unsubscribed: int

    @property
    def total(self) -> int:
        """Everybody on the list, those skipped included."""
        return sum(self.counts.values())

    @property
    def unfinished(self) -> int:
        """What still has to be settled; what is in doubt is settled by an editor."""
        return sum(self.counts[state] for state in UNFINISHED)

    @property
    def percent(self) -> int:
        """How much is settled, rounded down: 100 is all."""
        return 100 * (self.total - self.unfinished) // self.total if self.total else 0

    @property
    def is_unattended(self) -> bool:
        """Say whether something waits and nobody is there to send it."""
        return bool(self.unfinished) and not self.senders

    def as_json(self) -> dict[str, object]:
        """Return what a screen asks for every few seconds."""
        return {
            "counts": self.counts,
            "total": self.total,
            "percent": self.percent,
            "rate": round(self.rate, 1),
            "seconds_left": None if self.left is None else round(self.left.total_seconds()),
            "senders": self.senders,
            "troubles": list(self.troubles),
            "bounced": self.bounced,
            "complained": self.complained,
            "unsubscribed": self.unsubscribed,
        }


def progress(edition: Edition, now: dt.datetime | None = None) -> Progress:
    """Return how far an edition is. Four queries, whatever the number of participants."""
    moment = now or timezone.now()
    rows = Delivery.objects.filter(edition=edition).order_by()
    counts = {str(state): 0 for state in DeliveryState}
    counts |= dict(rows.values_list("state").annotate(Count("pk")))
    after = rows.aggregate(
        bounced=Count("pk", filter=Q(bounced_at__isnull=False)),
        returned=Count("pk", filter=Q(bounced_at__isnull=False, state=DeliveryState.SENT)),
        complained=Count("pk", filter=Q(complained_at__isnull=False)),
        unsubscribed=Count("pk", filter=Q(unsubscribed_at__isnull=False)),
    )
    senders = list(Sender.objects.filter(seen_at__gte=moment - LEASE))
    held = Pace.objects.filter(name=EVERYWHERE, held_until__gt=moment).first()
    rate = sum(sender.rate for sender in senders)
    unfinished = sum(counts[state] for state in UNFINISHED)
    is_going = edition.state == EditionState.SENDING and rate > 0
    return Progress(
        counts=counts,
        rate=rate if is_going else 0.0,
        left=dt.timedelta(seconds=unfinished / rate) if is_going else None,
        senders=len(senders),
        troubles=tuple(sorted({sender.trouble for sender in senders if sender.trouble})),
        held_until=held.held_until if held else None,
        **after,
    )
