"""What a sender asks of its connections, whatever they are: they work, the ledger writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from newsletter.delivery.claiming import Job
from newsletter.delivery.ledger import Ended

IDLE_SECONDS = 5.0
"""A connection with nothing to do is closed after this long."""

Jobs = SimpleQueue[Job | None]
"""What was taken in hand and no connection has begun; None ends a thread."""


@dataclass(slots=True)
class Request:
    """What a connection asks of the ledger: write how some ended, let another begin.

    `answer` is called after the commit, with whether that one may begin.
    """

    ended: list[Ended]
    begin: Job | None
    answer: Callable[[bool], None]


class Lines(Protocol):
    """The connections of a sender. None goes on with a mail before the ledger wrote it."""

    def gather(self, seconds: float) -> list[Request]:
        """Work, and wait at most so long until a connection asks something."""
        ...

    def wind_down(self) -> list[Job]:
        """Begin nothing more; return what is not begun and has to go back."""
        ...

    @property
    def is_busy(self) -> bool:
        """Say whether something that was begun has no end yet, or an end is not told."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
