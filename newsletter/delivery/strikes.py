"""When a server says no too often in a row: how long to wait, and when to stop and ask.

Kept in the memory of one sender; the holds that follow are rows that all senders see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsletter.delivery.ledger import Ended
from newsletter.delivery.pacing import EVERYWHERE
from newsletter.enums import DeliveryState

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 300.0
PATIENCE_WITH_DOMAIN = 3
PATIENCE_WITH_SERVER = 20
DOMAIN_SECONDS = 30.0

MOST_REFUSALS = 20
"""After so many refusals or lost answers in a row that say nothing about an address, an editor
must look: going on would put everybody in doubt."""

PATIENCE_WITH_SILENCE = 3
"""One lost answer is an accident; so many in a row are a server in trouble."""


@dataclass
class Strikes:
    """Counts since the last success. `trouble` is what the server last said about itself."""

    trouble: str = ""
    server: int = 0
    temporary: int = 0
    silences: int = 0
    domains: Counter[str] = field(default_factory=Counter)
    refusals: Counter[int] = field(default_factory=Counter)
    last_refusal: str = ""

    def note(self, ended: Iterable[Ended]) -> dict[str, float]:
        """Count what ended together; return how many seconds each bucket is to be held."""
        holds: dict[str, float] = {}
        in_trouble = False
        for end in ended:
            outcome, domain = end.outcome, end.job.domain
            if outcome.state == DeliveryState.SENT:
                self._success(end)
            if outcome.state == DeliveryState.TEMPORARY:
                self.temporary += 1
                self.domains[domain] += 1
                if self.domains[domain] >= PATIENCE_WITH_DOMAIN:
                    over = self.domains[domain] - PATIENCE_WITH_DOMAIN
                    holds[domain] = _growing(DOMAIN_SECONDS, over)
            if outcome.is_trouble:
                in_trouble = True
                self.trouble = outcome.reply
            if outcome.state == DeliveryState.IN_DOUBT:
                self.silences += 1
                if self.silences >= PATIENCE_WITH_SILENCE:
                    in_trouble = True
                    self.trouble = outcome.reply
            if outcome.is_policy or outcome.state == DeliveryState.IN_DOUBT:
                self.refusals[end.job.edition] += 1
                self.last_refusal = outcome.reply
        if in_trouble or self.temporary >= PATIENCE_WITH_SERVER:
            holds[EVERYWHERE] = _growing(FIRST_SECONDS, self.server)
            self.server += 1
        return holds

    def refused_editions(self) -> list[int]:
        """Return the editions of which too much was refused in a row, and count anew."""
        found = [edition for edition, number in self.refusals.items() if number >= MOST_REFUSALS]
        for edition in found:
            del self.refusals[edition]
        return found

    def _success(self, end: Ended) -> None:
        self.trouble, self.server, self.temporary, self.silences = "", 0, 0, 0
        self.domains.pop(end.job.domain, None)
        self.refusals.pop(end.job.edition, None)


def _growing(first: float, times: int) -> float:
    return min(first * 2 ** min(times, 20), LONGEST_SECONDS)
