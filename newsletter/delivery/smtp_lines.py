"""All connections of a sender to its mail server, driven by one thread.

The thread that keeps the ledger also speaks: nothing is handed from thread to thread, and
what several connections ask at the same moment is one commit. Only connecting, which may
wait long, is done by others.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from queue import Empty, SimpleQueue

from core.mail import transport
from newsletter.delivery.addressing import Desk
from newsletter.delivery.claiming import Job
from newsletter.delivery.conversation import CannotConnectError, Conversation, connect, why
from newsletter.delivery.lines import IDLE_SECONDS, Jobs, Request
from newsletter.delivery.outcomes import Answer, Stage
from newsletter.delivery.smtp_line import Line

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5
"""How often connections that wait too long are looked for."""


class SmtpLines:
    """Connections by a selector; see `newsletter.delivery.lines.Lines`."""

    def __init__(self, desk: Desk, jobs: Jobs, number: int) -> None:
        self._jobs = jobs
        self._is_winding_down = False
        self._lines = [Line(desk, self._next_job) for _ in range(number)]
        self._selector = selectors.DefaultSelector()
        self._watched: dict[Line, tuple[socket.socket, int]] = {}
        self._connected: SimpleQueue[tuple[Line, Conversation | Answer]] = SimpleQueue()
        self._bell, self._ears = socket.socketpair()
        self._selector.register(self._ears, selectors.EVENT_READ)
        self._parting: list[threading.Thread] = []
        self._next_tick = 0.0

    def gather(self, seconds: float) -> list[Request]:
        """Work, and wait at most so long until a connection asks something."""
        end = time.monotonic() + seconds
        while True:
            self._take_up()
            asked = [request for line in self._lines if (request := line.request())]
            left = end - time.monotonic()
            if asked or left <= 0:
                return asked
            self._work(min(left, TICK_SECONDS))

    def wind_down(self) -> list[Job]:
        """Begin nothing more; return what is not begun and has to go back."""
        self._is_winding_down = True
        return [job for line in self._lines if (job := line.drop())]

    @property
    def is_busy(self) -> bool:
        """Say whether something that was begun has no end yet, or an end is not told."""
        return any(line.given or line.ended for line in self._lines)

    def close(self) -> None:
        """Close every connection."""
        for line in self._lines:
            self._hang_up(line)
        for thread in self._parting:
            thread.join()
        while not self._connected.empty():
            _line, made = self._connected.get()
            if isinstance(made, Conversation):
                made.close()
        self._selector.close()
        self._bell.close()
        self._ears.close()

    def _next_job(self) -> Job | None:
        if self._is_winding_down:
            return None
        try:
            return self._jobs.get_nowait()
        except Empty:
            return None

    def _take_up(self) -> None:
        """Give idle connections something to do, and watch what each waits for."""
        for line in self._lines:
            if line.conversation and line.conversation.is_over:
                line.lose()
            if line.is_idle:
                if line.is_spent:
                    self._hang_up(line)
                line.start()
            if line.needs_connection and not self._is_winding_down:
                line.is_connecting = True
                threading.Thread(target=self._connect, args=(line,), daemon=True).start()
        self._watch()

    def _watch(self) -> None:
        """Have the selector look at the connections as they are now.

        What is gone first: its number may be that of a new one already.
        """
        changed = [line for line in self._lines if self._watched.get(line) != _watchable(line)]
        for line in changed:
            if was := self._watched.pop(line, None):
                self._selector.unregister(was[0])
        for line in changed:
            if now := _watchable(line):
                self._selector.register(now[0], now[1], line)
                self._watched[line] = now

    def _work(self, seconds: float) -> None:
        for key, _events in self._selector.select(seconds):
            if isinstance(key.data, Line):
                key.data.work()
            else:
                self._answer_bell()
        now = time.monotonic()
        if now >= self._next_tick:
            self._next_tick = now + TICK_SECONDS
            self._look_at_clock(now)

    def _look_at_clock(self, now: float) -> None:
        for line in self._lines:
            if not line.conversation:
                continue
            if line.is_idle:
                if now > line.touched + IDLE_SECONDS:
                    self._hang_up(line)
            elif now > line.deadline:
                line.lose("The server did not answer in time.")

    def _connect(self, line: Line) -> None:
        """Connect, in a thread of its own, and tell the sender's."""
        try:
            made: Conversation | Answer = connect(transport())
        except CannotConnectError as error:
            made = error.answer
        except Exception as error:  # a line that is told nothing would wait for ever
            logger.exception("Connecting failed in an unforeseen way")
            made = Answer(Stage.GREETING, 0, why(error))
        self._connected.put((line, made))
        try:
            self._bell.send(b"!")
        except OSError:  # the sender ended meanwhile
            if isinstance(made, Conversation):
                made.close()

    def _answer_bell(self) -> None:
        self._ears.recv(64)
        while not self._connected.empty():
            line, made = self._connected.get()
            if isinstance(made, Answer):
                line.not_connected(made)
            else:
                line.connected(made)

    def _hang_up(self, line: Line) -> None:
        """End a connection on which nothing is at hand, politely and without waiting for it."""
        conversation, line.conversation = line.conversation, None
        if conversation is None:
            return
        self._watch()
        if line.is_astray or conversation.is_over:
            conversation.close()
            return
        thread = threading.Thread(target=conversation.part, daemon=True)
        thread.start()
        self._parting = [other for other in self._parting if other.is_alive()] + [thread]


def _watchable(line: Line) -> tuple[socket.socket, int] | None:
    """Return what to look at for a line, and for what."""
    found = line.conversation
    if found is None:
        return None
    write = selectors.EVENT_WRITE if found.has_unsent else 0
    return found.socket, selectors.EVENT_READ | write
