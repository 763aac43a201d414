"""Measure asking who may be mailed, now and at a past moment, among many people.

    python -m benchmarks.mailable [--people 100000] [--rounds 20]

A scratch database gets people who agreed, of whom every tenth left, every tenth took a
pause and ended it, and every tenth is in one. Printed, as medians in milliseconds: the
question for a handful of people, as a sender asks it before each handful of mails, and
for everybody.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import tempfile
import time
from typing import Any

from benchmarks.alerts import set_up

HANDFUL = 50


def build(number: int, now: dt.datetime) -> None:
    """Make the people and what they asked for."""
    from participants.enums import State
    from participants.models import Consent, Participant, Pause

    rows = []
    for at in range(number):
        address = f"p{at}@voorbeeld.example"
        left, paused = at % 10 == 0, at % 10 == 2
        rows.append(
            Participant(
                address=address,
                address_key=address,
                state=State.UNSUBSCRIBED if left else State.ACTIVE,
                paused_until=now + dt.timedelta(days=30) if paused else None,
            )
        )
    Participant.objects.bulk_create(rows, batch_size=5000)
    facts = {"purpose": "newsletter", "method": "confirmed", "at": now - dt.timedelta(days=90)}
    Consent.objects.bulk_create(
        [Consent(participant=row, given=True, **facts) for row in rows], batch_size=5000
    )
    facts["at"] = now - dt.timedelta(days=60)
    Consent.objects.bulk_create(
        [Consent(participant=row, given=False, **facts) for row in rows[::10]], batch_size=5000
    )
    asked = now - dt.timedelta(days=50)
    until = now + dt.timedelta(days=30)
    pauses = [Pause(participant=row, at=asked, until=until) for row in rows[1::10] + rows[2::10]]
    ended = now - dt.timedelta(days=20)
    pauses += [Pause(participant=row, at=ended, until=None) for row in rows[1::10]]
    Pause.objects.bulk_create(pauses, batch_size=5000)


def median(question: Any, rounds: int) -> float:
    """Return how long a question takes, in milliseconds."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Print the table; the exit code says whether past and present agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.utils import timezone

        from participants.consent import mailable
        from participants.enums import Purpose

        now = timezone.now()
        build(args.people, now)
        some = list(range(args.people // 2, args.people // 2 + HANDFUL))
        moments = {"now": None, "now, from facts": now, "40 days ago": now - dt.timedelta(days=40)}
        print(f"| when | people | {HANDFUL} by key, ms | everybody, ms |")
        print("| --- | --- | --- | --- |")
        counts = []
        for label, at in moments.items():
            people = mailable(Purpose.NEWSLETTER, at)
            counts.append(people.count())
            few = median(lambda asked=people: list(asked.filter(pk__in=some)), args.rounds)
            everybody = median(people.count, 3)
            print(f"| {label} | {counts[-1]} | {few:.1f} | {everybody:.0f} |")
    return 0 if counts[0] == counts[1] else 1


if __name__ == "__main__":
    sys.exit(main())
