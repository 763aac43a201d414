"""What the answer of a mail server means for a delivery. No database, no network.

RFC 5321 (codes), RFC 3463 (enhanced codes).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass

from newsletter.enums import DeliveryState


class Stage(enum.Enum):
    """How far a conversation was when an answer came, or when it ended."""

    GREETING = "greeting"  # connecting, EHLO, TLS, signing in
    SENDER = "sender"  # MAIL FROM
    RECIPIENT = "recipient"  # RCPT TO
    DATA = "data"  # DATA, before the message
    MESSAGE = "message"  # after the message and its last dot


class Bounce(enum.Enum):
    """What a refusal says about the address itself."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, or that it said nothing (`code` 0: the connection was lost)."""

    stage: Stage
    code: int
    text: str = ""

    @property
    def line(self) -> str:
        """The answer on one line, as it is kept."""
        return f"{self.code} {self.text}".strip()[:300] if self.code else self.text[:300]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a delivery.

    `state` QUEUED means that it was not about this mail: it goes back as it was.
    `is_trouble`: the server or the way to it has a problem, so all mail waits a little.
    `is_policy`: refused for what we are or send, not for the address.
    """

    state: DeliveryState
    reply: str = ""
    bounce: Bounce = Bounce.NONE
    is_trouble: bool = False
    is_policy: bool = False
    lost_connection: bool = False


_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH_ADDRESS = {(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
_FULL_OR_AWAY = {2, 3, 4}  # mailbox, their system, the way there
_BARE_NO_SUCH_ADDRESS = (550, 551, 553)


def judge(answer: Answer) -> Outcome:
    """Return what becomes of a delivery that got this answer."""
    if answer.stage in (Stage.GREETING, Stage.SENDER):
        return _about_us(answer)
    if not answer.code:
        return _lost(answer)
    if 200 <= answer.code < 300 and answer.stage is Stage.MESSAGE:
        return Outcome(DeliveryState.SENT, answer.line)
    if 400 <= answer.code < 500:
        return _not_now(answer)
    if 500 <= answer.code < 600:
        return _refused(answer)
    if answer.stage is Stage.MESSAGE:  # an answer that is none: it may have been taken
        return Outcome(DeliveryState.IN_DOUBT, answer.line, lost_connection=True)
    return Outcome(DeliveryState.QUEUED, answer.line, is_trouble=True, lost_connection=True)


def _about_us(answer: Answer) -> Outcome:
    lost = not answer.code or answer.code == 421
    return Outcome(DeliveryState.QUEUED, answer.line, is_trouble=True, lost_connection=lost)


def _lost(answer: Answer) -> Outcome:
    if answer.stage is Stage.MESSAGE:
        return Outcome(DeliveryState.IN_DOUBT, answer.line, lost_connection=True)
    return Outcome(DeliveryState.QUEUED, answer.line, is_trouble=True, lost_connection=True)


def _not_now(answer: Answer) -> Outcome:
    closing = answer.code == 421
    return Outcome(
        DeliveryState.TEMPORARY, answer.line, is_trouble=closing, lost_connection=closing
    )


def _refused(answer: Answer) -> Outcome:
    bounce = _bounce(answer)
    return Outcome(
        DeliveryState.PERMANENT, answer.line, bounce=bounce, is_policy=bounce is Bounce.NONE
    )


def _bounce(answer: Answer) -> Bounce:
    """Say what a refusal means for the address. Bare codes count at RCPT only."""
    found = _ENHANCED.search(answer.text)
    if not found:
        bare = answer.stage is Stage.RECIPIENT and answer.code in _BARE_NO_SUCH_ADDRESS
        return Bounce.HARD if bare else Bounce.NONE
    subject, detail = int(found[2]), int(found[3])
    if (subject, detail) in _NO_SUCH_ADDRESS:
        return Bounce.HARD
    return Bounce.SOFT if subject in _FULL_OR_AWAY else Bounce.NONE


def retry_at(
    attempts: int,
    first_attempt: dt.datetime,
    now: dt.datetime,
    *,
    first_wait: dt.timedelta,
    give_up: dt.timedelta,
) -> dt.datetime | None:
    """Return when to try again: each wait is twice the last, at most four hours.

    None when the time that a mail is tried for is over.
    """
    if now - first_attempt >= give_up:
        return None
    longest = dt.timedelta(hours=4)
    wait = min(first_wait * 2 ** min(max(attempts - 1, 0), 16), longest)
    return min(now + wait, first_attempt + give_up)
