"""One process that sends: its connections, its ledger, and what it does now and then.

Everything that touches the database happens in the thread that calls `run`.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from core import recovery
from core.mail import transport
from newsletter.delivery import claiming, control, guard, ledger, looking_after, pacing
from newsletter.delivery.addressing import Desk
from newsletter.delivery.lines import Jobs, Lines, Request
from newsletter.delivery.sending import ThreadLines
from newsletter.delivery.smtp_lines import SmtpLines
from newsletter.delivery.strikes import Strikes
from newsletter.enums import DeliveryState, EditionState
from newsletter.models import Edition, Sender

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
CHORES_SECONDS = 1.0
CLAIM_SECONDS = 0.25

MOST_IN_HAND = 250
PATIENCE_SECONDS = 60.0
"""On stopping, the longest wait for servers to answer about what was handed over."""

T = TypeVar("T")


class Worker:
    """A sender with some connections."""

    _lines: Lines

    def __init__(self, connections: int) -> None:
        self.key = uuid.uuid4().hex
        self.stopping = threading.Event()
        self.trouble = ""
        """Why nothing may be sent from here, for people; "" when it may."""
        self._connections = connections
        self._jobs: Jobs = SimpleQueue()
        self._desk = Desk()
        self._strikes = Strikes()
        self._is_sending = False
        self._next_claim = self._next_chores = self._next_beat = 0.0
        self._in_hand = 2 * connections
        self._sent = self._sent_at_chores = self._sent_at_beat = 0
        self._beat_at = time.monotonic()

    def run(self, *, until_done: bool = False) -> None:
        """Send until told to stop; with `until_done`, until nothing is left to send."""
        self._sign_on()
        self._lines = self._open_lines()
        try:
            while not self.stopping.is_set():
                is_settled = self._turn()
                if until_done and is_settled:
                    break
        finally:
            self._sign_off()

    def _open_lines(self) -> Lines:
        kind = SmtpLines if transport().kind == "smtp" else ThreadLines
        return kind(self._desk, self._jobs, self._connections)

    def _turn(self) -> bool:
        """Serve the connections once, and do what the clock asks for.

        True when the chores were just done and nothing is being sent.
        """
        self._serve(self._lines.gather(CLAIM_SECONDS if self._jobs.empty() else CHORES_SECONDS))
        now = time.monotonic()
        did_chores = now >= self._next_chores
        if did_chores:
            self._persist(self._chores)
            self._next_chores = now + CHORES_SECONDS
        if self._is_sending and self._jobs.qsize() < self._connections and now >= self._next_claim:
            self._claim(now)
        return did_chores and not self._is_sending

    # --- The ledger --------------------------------------------------------

    def _serve(self, requests: list[Request]) -> None:
        """Commit what the connections ask, then let them go on."""
        if not requests:
            return
        ended = [end for request in requests for end in request.ended]
        begin = [request.begin for request in requests if request.begin]
        begun = self._persist(lambda: ledger.commit(self.key, ended, begin))
        for request in requests:
            request.answer(request.begin is not None and request.begin.delivery in begun)
        self._sent += sum(end.outcome.state == DeliveryState.SENT for end in ended)
        self._slow_down(self._strikes.note(ended))

    def _slow_down(self, holds: dict[str, float]) -> None:
        """Wait where a server asked for it, and stop where it refuses all there is."""
        for name, seconds in holds.items():
            pacing.hold(name, seconds, timezone.now())
        if pacing.EVERYWHERE in holds:
            self._put_back()
        for edition in self._strikes.refused_editions():
            control.pause_refused(edition, self._strikes.last_refusal)

    def _persist(self, work: Callable[[], T]) -> T:
        """Do something with the database, again and again while it is away.

        What was handed over must be written: giving up would put it in doubt.
        """
        wait = 0.1
        while True:
            try:
                return work()
            except (OperationalError, InterfaceError):
                logger.exception("The database did not take it; trying again in %.1f s", wait)
                connection.close()
                time.sleep(wait)
                wait = min(wait * 2, 5.0)

    # --- Taking in hand ------------------------------------------------------

    def _claim(self, now: float) -> None:
        """Take what some seconds will send. Little in hand means that a change is seen soon."""
        jobs = self._persist(lambda: claiming.claim(self.key, self._in_hand))
        self._persist(lambda: self._desk.load({job.mail for job in jobs}))
        for job in jobs:
            self._jobs.put(job)
        if len(jobs) < self._in_hand:
            self._next_claim = now + CLAIM_SECONDS

    def _put_back(self) -> None:
        """Release what was taken in hand and not begun."""
        waiting = []
        try:
            while True:
                waiting.append(self._jobs.get_nowait())
        except Empty:
            jobs = [job.delivery for job in waiting if job]
            self._persist(lambda: claiming.release(jobs, self.key))

    # --- Now and then --------------------------------------------------------

    def _chores(self) -> None:
        now = time.monotonic()
        if now >= self._next_beat:
            self.trouble = guard.why_not_here()
            self._beat()
            looking_after.sweep()
            self._next_beat = now + BEAT_SECONDS
        if not self.trouble:
            looking_after.begin_due()
            looking_after.wake_temporary()
            looking_after.finish_done()
        sending = Edition.objects.filter(state=EditionState.SENDING)
        self._is_sending = not self.trouble and sending.exists()
        recently = self._sent - self._sent_at_chores
        self._in_hand = min(max(recently, 2 * self._connections), MOST_IN_HAND)
        self._sent_at_chores = self._sent

    def _beat(self) -> None:
        now = time.monotonic()
        rate = (self._sent - self._sent_at_beat) / max(now - self._beat_at, 0.1)
        self._sent_at_beat, self._beat_at = self._sent, now
        is_known = looking_after.look_alive(
            self.key,
            rate=rate,
            trouble=self.trouble or self._strikes.trouble,
            may_send=not self.trouble,
        )
        if not is_known:
            self._sign_on()

    def _sign_on(self) -> None:
        now = timezone.now()
        Sender.objects.create(
            key=self.key,
            name=recovery.worker_name(),
            connections=self._connections,
            started_at=now,
            seen_at=now,
        )

    def _sign_off(self) -> None:
        """Let every connection end what it is at, write that, and leave nothing in hand."""
        self._put_back()
        dropped = [job.delivery for job in self._lines.wind_down()]
        self._persist(lambda: claiming.release(dropped, self.key))
        end = time.monotonic() + PATIENCE_SECONDS
        while self._lines.is_busy and time.monotonic() < end:
            self._serve(self._lines.gather(0.05))
        self._serve(self._lines.gather(0))
        self._lines.close()
        Sender.objects.filter(key=self.key).delete()
