"""What our own server took beside what the rows say: was any promise broken?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sending.run import Run
from benchmarks.sending.server import happened


@dataclass
class Verdict:
    """The promises of delivery, counted. Each broken one is a sentence in `broken`."""

    taken: int
    """Mails the server has, copies counted."""
    once: int
    """People who have it exactly once."""
    twice: int
    """Copies too many."""
    lost: int
    """People who have nothing, while nothing says so."""
    answers_lost: int
    """Answers that never came: taken without a word, or cut off in the middle."""
    refused: int
    """People whom the server refused for good."""
    put_off: int
    """Times that the server said: later."""
    broken: list[str]


def compare(run: Run, spool: Path, people: int) -> Verdict:
    """Compare the rows of an edition to so many people with what the server wrote down."""
    from newsletter.models import Delivery

    seen = happened(spool, run.edition)
    empty: Counter[str] = Counter()
    taken = seen.get("taken", empty) + seen.get("lost", empty)
    refused = seen.get("refused", empty)
    unanswered = seen.get("lost", empty) + seen.get("cut", empty)
    rows = list(Delivery.objects.filter(edition=run.edition).values_list("address", "state"))
    silent = [address for address, state in rows if _is_silent(state, address, taken, refused)]
    verdict = Verdict(
        taken=taken.total(),
        once=sum(1 for number in taken.values() if number == 1),
        twice=sum(number - 1 for number in taken.values()),
        lost=len(silent) + max(0, people - len(rows)),
        answers_lost=len(unanswered),
        refused=len(refused),
        put_off=seen.get("put off", empty).total(),
        broken=[],
    )
    verdict.broken = _broken(run, verdict, dict(rows), seen)
    return verdict


def _is_silent(state: str, address: str, taken: Counter[str], refused: Counter[str]) -> bool:
    """Say whether somebody has nothing and the row does not tell."""
    if state == "sent":
        return not taken[address]
    if state == "permanent":
        return not refused[address]
    return state != "in_doubt"


def _broken(
    run: Run, verdict: Verdict, rows: dict[str, str], seen: dict[str, Counter[str]]
) -> list[str]:
    """Return each promise that did not hold, in words."""
    empty: Counter[str] = Counter()
    named = set(run.in_doubt)
    unanswered = set(seen.get("lost", empty)) | set(seen.get("cut", empty))
    found = []
    if verdict.twice:
        found.append(f"{verdict.twice} copies too many")
    if verdict.lost:
        found.append(f"{verdict.lost} people lost in silence")
    if "" in named:
        found.append("somebody in doubt is not named")
    if set(seen.get("lost", empty)) - named:
        found.append("an answer was lost and its delivery is not in doubt")
    if not run.kills and named - unanswered:
        found.append(f"in doubt without a reason: {', '.join(sorted(named - unanswered)[:3])}")
    permanent = {address for address, state in rows.items() if state == "permanent"}
    refused = set(seen.get("refused", empty))
    if run.kills:  # a refusal that a dead sender heard is in doubt, or was asked for again
        refused -= (named | set(seen.get("taken", empty))) - permanent
    if permanent != refused:
        found.append("permanent are not those whom the server refused")
    if run.reason:
        found.append(f"the edition was held: {run.reason}")
    return found
