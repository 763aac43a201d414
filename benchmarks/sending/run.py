"""Sending one edition with real senders, some of which may be killed on the way."""

from __future__ import annotations

import random
import signal
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.sending.edition import make_edition
from benchmarks.sending.senders import Sender, wait_until_seen

LOOK_SECONDS = 0.2
LOOK_AND_KILL_SECONDS = 0.003


@dataclass
class Run:
    """What became of one edition, by its rows and by its senders."""

    edition: int
    recipients: int
    states: dict[str, int]
    in_doubt: list[str]
    """Addresses; one that is empty would be somebody who is not named."""
    mails_a_second: float
    seconds: float
    cpu_ms: float
    """Milliseconds of CPU of the senders for each mail that was sent."""
    retries: int
    reason: str = ""
    """Why it was held, when it was."""
    idle_mb: float = 0.0
    above_mb: float = 0.0
    """The most that one sender grew by."""
    thirds_mb: tuple[float, ...] = ()
    """What the heaviest sender held in each third of the send, in the middle of its looks."""
    kills: int = 0
    most_by_a_kill: int = 0
    """The most rows that one kill left being handed over."""
    reference: float = 0.0
    """Mails a second of smtp-source around it; 0 when it was not asked."""

    @property
    def ratio(self) -> float:
        """How it compares with the reference."""
        return self.mails_a_second / self.reference if self.reference else 0.0


@dataclass
class Killer:
    """Ends senders with SIGKILL at so many moments, spread at random over a send."""

    kills: int
    recipients: int
    start: Callable[[], Sender]
    """Starts another in the place of one that was killed."""
    picked: random.Random
    done: int = 0
    most: int = 0
    left: list[int] = field(init=False)

    def __post_init__(self) -> None:
        # Not among the very last, or the edition ends before its last kill.
        last = max(int(self.recipients * 0.95), self.kills + 1)
        self.left = sorted(self.picked.sample(range(1, last), self.kills))

    def look(self, edition: int, senders: list[Sender]) -> None:
        """Kill one of those that are sending, if its moment has come."""
        from newsletter.models import Delivery

        if not self.left:
            return
        rows = Delivery.objects.filter(edition=edition)
        if rows.exclude(state__in=("queued", "claimed")).count() < self.left[0]:
            return
        names = known()
        at_work = [at for at, sender in enumerate(senders) if sender.pid in names]
        if at_work:
            time.sleep(self.picked.random() * 0.02)
            at = self.picked.choice(at_work)
            self._kill(senders[at], names[senders[at].pid])
            senders[at] = self.start()

    def _kill(self, sender: Sender, key: str) -> None:
        from newsletter.models import Delivery

        doubtful = Delivery.objects.filter(claim=key)
        before = doubtful.filter(state="in_doubt").count()
        sender.signal(signal.SIGKILL)
        left = doubtful.filter(state__in=("attempting", "in_doubt")).count() - before
        self.most = max(self.most, left)
        self.left.pop(0)
        self.done += 1


def known() -> dict[int, str]:
    """Return the keys of those that signed on, by process id."""
    from newsletter.models import Sender as Row

    return {int(row.name.split(":")[-2]): row.key for row in Row.objects.all()}


def send(senders: list[Sender], *, killer: Killer | None = None, seconds: float = 3600) -> Run:
    """Send one edition to everybody, and measure. The list of senders follows the killer."""
    from newsletter import scheduling
    from newsletter.enums import EditionState

    edition = make_edition()
    wait_until_seen(len(senders))
    time.sleep(0 if killer else 1.5)  # idle is after the first looking around
    for sender in senders:
        sender.idle = sender.look()
        sender.weights.clear()
    before = sum(sender.cpu() for sender in senders)
    scheduling.send_now(edition_id=edition.pk)
    began = time.monotonic()
    while edition.state != EditionState.SENT and time.monotonic() - began < seconds:
        time.sleep(LOOK_AND_KILL_SECONDS if killer and killer.left else LOOK_SECONDS)
        edition.refresh_from_db(fields=["state", "reason"])
        if edition.state == EditionState.PAUSED:
            break
        if killer:
            killer.look(edition.pk, senders)
        else:
            for sender in senders:
                sender.look()
    cpu = sum(sender.cpu() for sender in senders) - before
    run = facts(edition, time.monotonic() - began, cpu)
    if killer:
        run.kills, run.most_by_a_kill = killer.done, killer.most
    else:
        weigh(run, senders)
    return run


def weigh(run: Run, senders: list[Sender]) -> None:
    """Write what the senders weighed: the one that grew most."""
    heaviest = max(senders, key=lambda sender: max(sender.weights, default=0) - sender.idle)
    looks = [weight for weight in heaviest.weights if weight]
    third = len(looks) // 3
    if third:
        parts = (looks[:third], looks[third : 2 * third], looks[2 * third :])
        run.thirds_mb = tuple(round(statistics.median(part) / 1000, 1) for part in parts)
    run.idle_mb = round(heaviest.idle / 1000, 1)
    run.above_mb = round((max(looks, default=heaviest.idle) - heaviest.idle) / 1000, 1)


def facts(edition: Any, seconds: float, cpu: float) -> Run:
    """Return what the rows say."""
    from django.db.models import Count, F, Max, Min, Sum

    from newsletter.models import Delivery

    rows = Delivery.objects.filter(edition=edition)
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    span = rows.aggregate(first=Min("sent_at"), last=Max("sent_at"))
    sent = states.get("sent", 0)
    sending = (span["last"] - span["first"]).total_seconds() if sent > 1 else 0
    again = rows.filter(attempts__gt=1).aggregate(number=Sum(F("attempts") - 1))["number"]
    return Run(
        edition=edition.pk,
        recipients=sum(states.values()),
        states=states,
        in_doubt=list(rows.filter(state="in_doubt").values_list("address", flat=True)),
        mails_a_second=round((sent - 1) / sending, 1) if sending else 0.0,
        seconds=round(seconds, 1),
        cpu_ms=round(1000 * cpu / sent, 2) if sent else 0.0,
        retries=again or 0,
        reason=edition.reason if edition.state == "paused" else "",
    )
