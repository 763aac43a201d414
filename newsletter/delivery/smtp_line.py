"""One connection of a sender: the mail that was given, and the one that is offered.

While a server considers one mail, the next is offered already. Its text goes out only when
the ledger has written that it begins, so one mail per connection at most is ever in doubt.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings

from newsletter.delivery.addressing import Desk, Ready
from newsletter.delivery.claiming import Job
from newsletter.delivery.conversation import SECONDS, SECONDS_AFTER_MESSAGE, Conversation
from newsletter.delivery.dialogue import GO_AHEAD
from newsletter.delivery.ledger import Ended
from newsletter.delivery.lines import Request
from newsletter.delivery.outcomes import Answer, Outcome, Stage, judge
from newsletter.enums import DeliveryState

logger = logging.getLogger(__name__)


class Line:
    """What happens on one connection. Everything is called from the sender's one thread.

    `next_job` gives what to do next, None when there is nothing.
    """

    def __init__(self, desk: Desk, next_job: Callable[[], Job | None]) -> None:
        self.conversation: Conversation | None = None
        self.is_connecting = False
        self.given: Job | None = None
        """Its text is being handed over, or awaits the answer."""
        self.offered: Job | None = None
        """It waits for a connection, or for the verdict on its offer."""
        self.welcome: Job | None = None
        """The server asks for its text; the ledger must write that it begins."""
        self.is_astray = False
        """An offer was dropped: no polite end is possible any more."""
        self.ended: list[Ended] = []
        self.touched = self.deadline = 0.0
        self._desk = desk
        self._next_job = next_job
        self._ready: Ready | None = None

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is at hand."""
        return not (self.given or self.offered or self.welcome)

    @property
    def needs_connection(self) -> bool:
        """Say whether a mail waits for a connection and none is on its way."""
        return bool(self.offered and not self.conversation and not self.is_connecting)

    @property
    def is_spent(self) -> bool:
        """Say whether this connection took as many mails as one may."""
        taken = self.conversation.handed_over if self.conversation else 0
        return taken >= settings.NEWSLETTER_PER_CONNECTION

    def start(self) -> None:
        """Take up the next mail, and offer it where there is a connection."""
        while self.offered is None:
            self.offered = self._next_job()
            if self.offered is None:
                return
            if self.conversation:
                self._offer(self.conversation, self.offered)

    def connected(self, conversation: Conversation) -> None:
        """Go on with a new connection."""
        self.conversation = conversation
        self.is_connecting = False
        if self.offered:
            self._offer(conversation, self.offered)
        self.work()

    def not_connected(self, answer: Answer) -> None:
        """Put back what waited for a connection that did not come."""
        self.is_connecting = False
        if self.offered:
            self._end(self.offered, judge(answer), was_begun=False)
            self.offered = None

    def work(self) -> None:
        """Send and read what can be, and note what it means."""
        conversation = self.conversation
        if conversation is None:
            return
        conversation.send()
        for answer in conversation.take():
            if answer.stage is Stage.MESSAGE:
                self._note_given(answer)
            else:
                self._note_offered(answer, was_used=conversation.handed_over > 0)
        conversation.send()
        if conversation.is_over:
            self.lose()

    def request(self) -> Request | None:
        """Return what the ledger has to write now, if anything."""
        if not self.ended and self.welcome is None:
            return None
        ended, self.ended = self.ended, []
        return Request(ended, self.welcome, self._go_on)

    def lose(self, trouble: str = "") -> None:
        """Note that the connection is gone, and what that means for what was on it."""
        conversation, self.conversation = self.conversation, None
        if conversation is None:
            return
        left = conversation.lost(trouble)
        if left.given:
            self._note_given(left.given)
        if self.welcome:  # none of its text was given: another connection may
            self.offered, self.welcome = self.welcome, None
        elif left.offered:
            self._note_offered(left.offered, was_used=conversation.handed_over > 0)

    def drop(self) -> Job | None:
        """Begin nothing more; return what was not begun. What was given may still end."""
        dropped, self.offered, self.welcome = self.offered or self.welcome, None, None
        if dropped:
            self.is_astray = True
        return dropped

    def _go_on(self, may_begin: bool) -> None:
        """Give the text of the mail that is welcome, and offer the next along with it.

        When it may not begin after all, the connection is dropped: the server waits for a
        text, and nothing else would end that.
        """
        job, self.welcome = self.welcome, None
        if job is None or self._ready is None or self.conversation is None:
            return
        if not may_begin:
            self.conversation.close()
            self.conversation = None
            return
        self.given = job
        self.conversation.give(self._ready.given)
        if not self.is_spent:
            self.start()
        self._await(SECONDS_AFTER_MESSAGE)
        self.conversation.send()

    def _offer(self, conversation: Conversation, job: Job) -> None:
        """Offer a mail; one that cannot be made or addressed ends here."""
        ready = self._made(job, takes_8bit=conversation.takes_8bit)
        if ready is None:
            self.offered = None
            return
        self._ready = ready
        conversation.offer(ready.sender, ready.recipient, is_8bit=ready.is_8bit)
        self._await(SECONDS)
        if not self.given:
            conversation.send()

    def _made(self, job: Job, *, takes_8bit: bool) -> Ready | None:
        try:
            return self._desk.ready(job, takes_8bit=takes_8bit)
        except (ValueError, UnicodeError):  # an address that no form would have let in
            logger.warning("Delivery %d has an address that cannot be used", job.delivery)
            self._end(job, Outcome(DeliveryState.SKIPPED), was_begun=False)
        except Exception as error:  # a fault of ours may not end the sender: people decide
            logger.exception("Delivery %d failed in an unforeseen way", job.delivery)
            doubt = Outcome(DeliveryState.IN_DOUBT, type(error).__name__)
            self._end(job, doubt, was_begun=False)
        return None

    def _note_given(self, answer: Answer) -> None:
        if self.given:
            self._end(self.given, judge(answer))
            self.given = None
        self._await(SECONDS)

    def _note_offered(self, answer: Answer, *, was_used: bool = False) -> None:
        job = self.offered
        if job is None:
            return
        if answer.stage is Stage.DATA and answer.code == GO_AHEAD:
            self.offered, self.welcome = None, job
            return
        outcome = judge(answer)
        if was_used and outcome.lost_connection:
            return  # not about this mail: it is offered once more, on a new connection
        self.offered = None
        self._end(job, outcome, was_begun=False)

    def _end(self, job: Job, outcome: Outcome, *, was_begun: bool = True) -> None:
        self.ended.append(Ended(job, outcome, was_begun))

    def _await(self, seconds: float) -> None:
        self.touched = time.monotonic()
        self.deadline = self.touched + seconds
