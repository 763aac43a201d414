"""A thread with one connection: take a delivery, hand it over, say what became of it.

It never touches the database: the worker's own thread does, for all connections.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from django.conf import settings

from core.mail import transport
from newsletter.delivery.addressing import Desk, Ready
from newsletter.delivery.claiming import Job
from newsletter.delivery.conversation import CannotConnectError
from newsletter.delivery.ledger import Ended
from newsletter.delivery.outcomes import Answer, Outcome, Stage, judge
from newsletter.delivery.ways import Way, open_way
from newsletter.enums import DeliveryState

logger = logging.getLogger(__name__)

IDLE_SECONDS = 5.0
"""A connection with nothing to do is closed after this long."""


@dataclass(slots=True)
class Request:
    """What a connection asks of the ledger: write how some ended, let another begin."""

    ended: list[Ended]
    begin: Job | None
    answer: SimpleQueue[bool]


@dataclass
class Line:
    """One connection and what it has to tell. `run` is the life of its thread."""

    desk: Desk
    jobs: SimpleQueue[Job | None]
    requests: SimpleQueue[Request]
    answers: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    ended: list[Ended] = field(default_factory=list)
    way: Way | None = None

    def run(self) -> None:
        """Work until there is a None among the jobs. What was begun is always told."""
        while True:
            try:
                job = self.jobs.get_nowait()
            except Empty:
                self._ask(None)
                job = self._wait()
            if job is None:
                break
            try:
                self._one(job)
            except Exception as error:  # a fault of ours may not take the connection's thread
                logger.exception("Delivery %d failed in an unforeseen way", job.delivery)
                doubt = Outcome(DeliveryState.IN_DOUBT, type(error).__name__)
                self.ended.append(Ended(job, doubt))
                self._hang_up()
        self._ask(None)
        self._hang_up()

    def _wait(self) -> Job | None:
        """Wait for a delivery; a connection that waits long is closed meanwhile."""
        try:
            return self.jobs.get(timeout=IDLE_SECONDS)
        except Empty:
            self._hang_up()
        return self.jobs.get()

    def _one(self, job: Job) -> None:
        """Hand over one delivery, unless it may not begin."""
        try:
            way = self._open()
        except CannotConnectError as error:
            self.ended.append(Ended(job, judge(error.answer), was_begun=False))
            return
        ready = self._ready(job, way)
        if ready is None:
            unusable = Outcome(DeliveryState.SKIPPED, "")
            self.ended.append(Ended(job, unusable, was_begun=False))
        elif self._ask(job):
            self.ended.append(Ended(job, self._hand_over(ready)))

    def _ready(self, job: Job, way: Way) -> Ready | None:
        """Return the message, or None when this address cannot be written to."""
        try:
            return self.desk.ready(job, takes_8bit=way.takes_8bit)
        except (ValueError, UnicodeError):  # an address that no form would have let in
            logger.warning("Delivery %d has an address that cannot be used", job.delivery)
            return None

    def _hand_over(self, ready: Ready) -> Outcome:
        """Hand over a message; once more where a used connection had ended before it."""
        outcome, was_used = self._try(ready)
        before_the_message = outcome.state in (DeliveryState.QUEUED, DeliveryState.TEMPORARY)
        if outcome.lost_connection and before_the_message and was_used:
            outcome, _was_used = self._try(ready)
        return outcome

    def _try(self, ready: Ready) -> tuple[Outcome, bool]:
        try:
            way = self._open()
        except CannotConnectError as error:
            return judge(error.answer), False
        is_8bit = ready.is_8bit
        if is_8bit and not way.takes_8bit:  # another server behind the same name
            return judge(Answer(Stage.GREETING, 0, "The server stopped taking 8-bit text.")), False
        was_used = way.handed_over > 0
        outcome = judge(
            way.hand_over(ready.sender, ready.recipient, ready.message, is_8bit=is_8bit)
        )
        if outcome.lost_connection or not way.is_open:
            self._hang_up()
        return outcome, was_used

    def _open(self) -> Way:
        """Return the open connection, a new one where that is spent. Raises CannotConnectError."""
        if self.way and self.way.handed_over >= settings.NEWSLETTER_PER_CONNECTION:
            self._hang_up()
        if self.way is None:
            self.way = open_way(transport())
        return self.way

    def _hang_up(self) -> None:
        if self.way:
            self.way.quit()
        self.way = None

    def _ask(self, begin: Job | None) -> bool:
        """Have the ledger write what ended; return whether the next may begin."""
        if not self.ended and begin is None:
            return False
        self.requests.put(Request(self.ended, begin, self.answers))
        self.ended = []
        return self.answers.get()
