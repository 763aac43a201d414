"""Threads that hand over a mail at a time and wait for the answer: for ways other than SMTP.

They never touch the database: the sender's own thread does, for all of them.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread

from django.conf import settings

from core.mail import transport
from newsletter.delivery.addressing import Desk, Ready
from newsletter.delivery.claiming import Job
from newsletter.delivery.conversation import CannotConnectError
from newsletter.delivery.ledger import Ended
from newsletter.delivery.lines import IDLE_SECONDS, Jobs, Request
from newsletter.delivery.outcomes import Outcome, judge
from newsletter.delivery.ways import Way, open_way
from newsletter.enums import DeliveryState

logger = logging.getLogger(__name__)

TOGETHER_SECONDS = 0.0005
"""What is asked within this time is one commit: far less than an answer takes."""


class ThreadLines:
    """A thread for each line; see `newsletter.delivery.lines.Lines`."""

    def __init__(self, desk: Desk, jobs: Jobs, number: int) -> None:
        self._jobs = jobs
        self._asked: SimpleQueue[Request] = SimpleQueue()
        self._lines = [Line(desk, jobs, self._asked) for _ in range(number)]
        self._threads = [Thread(target=line.run, daemon=True) for line in self._lines]
        for thread in self._threads:
            thread.start()

    def gather(self, seconds: float) -> list[Request]:
        """Wait for one request, and take all that are there a moment later."""
        found = []
        try:
            found.append(self._asked.get(timeout=seconds))
            if len(self._lines) > 1:
                time.sleep(TOGETHER_SECONDS)
            while True:
                found.append(self._asked.get_nowait())
        except Empty:
            return found

    def wind_down(self) -> list[Job]:
        """Begin nothing more; a thread holds nothing that is not begun."""
        for _line in self._lines:
            self._jobs.put(None)
        return []

    @property
    def is_busy(self) -> bool:
        """Say whether something that was begun has no end yet, or an end is not told."""
        return any(thread.is_alive() for thread in self._threads) or not self._asked.empty()

    def close(self) -> None:
        """Nothing to close: each thread ends its own way."""


@dataclass
class Line:
    """One connection and what it has to tell. `run` is the life of its thread."""

    desk: Desk
    jobs: Jobs
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
            self.ended.append(Ended(job, self._hand_over(way, ready)))

    def _ready(self, job: Job, way: Way) -> Ready | None:
        """Return the message, or None when this address cannot be written to."""
        try:
            return self.desk.ready(job, takes_8bit=way.takes_8bit)
        except (ValueError, UnicodeError):  # an address that no form would have let in
            logger.warning("Delivery %d has an address that cannot be used", job.delivery)
            return None

    def _hand_over(self, way: Way, ready: Ready) -> Outcome:
        outcome = judge(
            way.hand_over(ready.sender, ready.recipient, ready.message, is_8bit=ready.is_8bit)
        )
        if outcome.lost_connection or not way.is_open:
            self._hang_up()
        return outcome

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
        self.requests.put(Request(self.ended, begin, self.answers.put))
        self.ended = []
        return self.answers.get()
