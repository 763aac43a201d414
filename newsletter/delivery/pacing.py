"""How fast mail may go: token buckets in rows that all senders share.

A bucket holds what may be sent at once and fills with time. The rows are read and written
in the transaction that takes deliveries in hand, so any number of senders on any number
of machines stay within one rate together. A server that asks us to slow down holds its
bucket for a while.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from newsletter.models import Pace

EVERYWHERE = "*"
BURST_SECONDS = 1.0
"""A bucket holds what its rate gives in this time, and one at least."""

LONGEST_HOLD = dt.timedelta(minutes=10)


@dataclass
class Allowance:
    """What may be taken now. Use inside the transaction that takes it, then `store`."""

    now: dt.datetime
    rates: dict[str, float]
    rows: dict[str, Pace] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    is_unbounded: bool = False
    """No rate is set and nothing is held: there is nothing to count."""

    def is_held(self, name: str) -> bool:
        """Say whether a bucket gives nothing for now, whatever is in it."""
        row = self.rows.get(name)
        return bool(row and row.held_until and row.held_until > self.now)

    def left(self, name: str) -> float:
        """Return how many may be taken from a bucket; infinity where no rate is set."""
        if self.is_held(name):
            return 0
        rate = rate_of(name, self.rates)
        if not rate:
            return float("inf")
        return _filled(self.rows.get(name), rate, self.now) - self.taken[name]

    def take(self, domain: str) -> bool:
        """Take one for a domain, if it and all mail together allow it."""
        if self.is_unbounded:
            return True
        if self.left(EVERYWHERE) < 1 or self.left(domain) < 1:
            return False
        self.taken[EVERYWHERE] += 1
        self.taken[domain] += 1
        return True

    def store(self) -> None:
        """Write what was taken from buckets with a rate."""
        for name, number in self.taken.items():
            rate = rate_of(name, self.rates)
            if rate:
                tokens = _filled(self.rows.get(name), rate, self.now) - number
                values = {"tokens": tokens, "filled_at": self.now}
                Pace.objects.update_or_create(name=name, defaults=values)


def rate_of(name: str, rates: dict[str, float]) -> float:
    """Return mails a second for a domain, or for all mail together; 0 is as fast as it goes."""
    if name == EVERYWHERE:
        return float(settings.NEWSLETTER_RATE)
    return rates.get(name, rates.get(EVERYWHERE, 0.0))


def allowance(domains: Iterable[str], now: dt.datetime) -> Allowance:
    """Read, and lock until the transaction ends, the buckets of these domains and of all mail."""
    names = sorted({EVERYWHERE, *domains})
    found = Pace.objects.select_for_update().filter(name__in=names).order_by("name")
    rates, rows = settings.NEWSLETTER_DOMAIN_RATES, {row.name: row for row in found}
    is_unbounded = not (rows or rates or settings.NEWSLETTER_RATE)
    return Allowance(now, rates, rows, is_unbounded=is_unbounded)


def held_domains(now: dt.datetime) -> list[str]:
    """Return the domains that get nothing now: held, or with an empty bucket."""
    held = Q(held_until__gt=now)
    rates = settings.NEWSLETTER_DOMAIN_RATES
    rows = Pace.objects.filter(held | Q(tokens__lt=1)).exclude(name=EVERYWHERE)
    state = Allowance(now, rates, {row.name: row for row in rows})
    return [name for name in state.rows if state.left(name) < 1]


def hold(name: str, seconds: float, now: dt.datetime) -> None:
    """Give nothing from a bucket for a while; a longer hold that stands already stays."""
    until = now + min(dt.timedelta(seconds=seconds), LONGEST_HOLD)
    Pace.objects.get_or_create(name=name, defaults={"tokens": 1.0, "filled_at": now})
    Pace.objects.filter(Q(held_until=None) | Q(held_until__lt=until), name=name).update(
        held_until=until
    )


def forget_full(now: dt.datetime) -> None:
    """Drop the buckets that nothing was taken from for an hour and that nobody holds."""
    old = now - dt.timedelta(hours=1)
    Pace.objects.filter(Q(held_until=None) | Q(held_until__lt=now), filled_at__lt=old).delete()


def _filled(row: Pace | None, rate: float, now: dt.datetime) -> float:
    """Return what a bucket holds now: it never holds more than its burst."""
    most = max(1.0, rate * BURST_SECONDS)
    if row is None:
        return most
    seconds = max(0.0, (now - row.filled_at).total_seconds())
    return min(most, row.tokens + seconds * rate)
