"""What is said to a mail server and what its answers mean, without the connection itself.

Octets come in, verdicts go out. Where the server allows it (PIPELINING, RFC 2920) the next
mail is offered together with the text of the one before: section 3.1 lets the text of a
mail be followed by MAIL, RCPT and DATA in one group. So a mail costs one round trip.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.delivery.outcomes import Answer, Stage

LONGEST_LINE = 8192
"""Octets of one line of an answer; RFC 5321 4.5.3.1.5 allows servers 512."""
MOST_LINES = 100
GO_AHEAD = 354
CLOSING = 421

_Command = tuple[Stage | None, bytes]
"""What is said, and the stage its answer belongs to; None when it is about no mail."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Verdicts on what a connection left open; None when nothing was open."""

    given: Answer | None
    offered: Answer | None


class Dialogue:
    """One side of a conversation.

    Every `offer` gets one verdict: an answer of stage DATA with code 354 when its text may
    be given, else the first refusal. Every `give` gets one, of stage MESSAGE.
    """

    def __init__(self, *, pipelines: bool) -> None:
        self.is_over = False
        """The server ends the conversation, or is out of step: nothing more may be said."""
        self.trouble = ""
        """Why it is over, when no answer says so."""
        self._pipelines = pipelines
        self._held: deque[_Command] = deque()
        self._awaited: deque[Stage | None] = deque()
        self._refusal: Answer | None = None
        self._needs_reset = False
        self._rest = b""
        self._lines: list[bytes] = []

    def offer(self, sender: str, recipient: str, *, is_8bit: bool) -> bytes:
        """Ask whether a mail for this recipient is welcome. Returns what to send now."""
        body = " BODY=8BITMIME" if is_8bit else ""
        group: list[_Command] = [
            (Stage.SENDER, f"MAIL FROM:<{sender}>{body}\r\n".encode("ascii")),
            (Stage.RECIPIENT, f"RCPT TO:<{recipient}>\r\n".encode("ascii")),
            (Stage.DATA, b"DATA\r\n"),
        ]
        if self._needs_reset:
            self._held.append((None, b"RSET\r\n"))
            self._needs_reset = False
        self._held.extend(group)
        return self.say()

    def give(self, message: bytes) -> bytes:
        """Give the text of the mail that was welcome, dot-stuffed and with its last dot."""
        self._awaited.append(Stage.MESSAGE)
        return message

    def say(self) -> bytes:
        """Return what may be sent now of what was held back."""
        if self.is_over:
            return b""
        if not self._pipelines:
            if self._awaited or not self._held:
                return b""
            stage, command = self._held.popleft()
            self._awaited.append(stage)
            return command
        said = b"".join(command for _stage, command in self._held)
        self._awaited.extend(stage for stage, _command in self._held)
        self._held.clear()
        return said

    def take(self, received: bytes) -> list[Answer]:
        """Take what the server sent, in pieces of any size, and return the verdicts in it."""
        verdicts = []
        for code, text in self._answers(received):
            if not self._awaited:  # it speaks unasked: it is going, as after a long silence
                self.end(f"{code} {text}")
                break
            stage = self._awaited.popleft()
            self.is_over = self.is_over or code == CLOSING
            if stage is None:
                continue
            verdict = self._verdict(Answer(stage, code, text))
            if verdict:
                verdicts.append(verdict)
        return verdicts

    def end(self, trouble: str) -> None:
        """End it; the first trouble that is told stays."""
        self.is_over = True
        self.trouble = self.trouble or trouble

    def lost(self, *, was_given: bool) -> Unanswered:
        """Return what becomes of what had no answer when the connection ended.

        `was_given` says whether the last dot had left: without it a mail cannot have been
        taken.
        """
        why = self.trouble or "The connection was lost."
        asked = [*self._awaited, *(stage for stage, _command in self._held)]
        given = offered = None
        if Stage.MESSAGE in asked:
            given = Answer(Stage.MESSAGE if was_given else Stage.DATA, 0, why)
        stages = [stage for stage in asked if stage not in (None, Stage.MESSAGE)]
        if stages:
            offered = self._refusal or Answer(stages[0] or Stage.SENDER, 0, why)
        self._awaited.clear()
        self._held.clear()
        return Unanswered(given, offered)

    def _verdict(self, answer: Answer) -> Answer | None:
        if answer.stage is Stage.MESSAGE:
            return answer
        refusal = self._refusal or (None if _goes_on(answer) else answer)
        is_last = answer.stage is Stage.DATA
        if not refusal:
            return answer if is_last else None
        self._refusal = refusal
        if answer.code == CLOSING or not self._pipelines:
            self._drop_offer()
        elif not is_last:
            return None
        if is_last and answer.code == GO_AHEAD:
            self._held.append((None, b".\r\n"))  # it waits for a mail that has no recipient
        self._refusal, self._needs_reset = None, True
        return refusal

    def _drop_offer(self) -> None:
        """Say no more of an offer that was refused, and await nothing more about it."""
        self._held.clear()
        while self._awaited and self._awaited[-1] in (Stage.RECIPIENT, Stage.DATA):
            self._awaited.pop()

    def _answers(self, received: bytes) -> Iterator[tuple[int, str]]:
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self.end("The server sends lines without an end.")
        for line in lines:
            if not line[:3].isdigit() or len(self._lines) > MOST_LINES:
                self.end("The server said something that is no answer.")
                return
            self._lines.append(line[4:].strip())
            if line[3:4] != b"-":
                text = b"\n".join(self._lines).decode("utf-8", "replace")
                self._lines = []
                yield int(line[:3]), text


def as_given(message: bytes, *, has_dots: bool = True) -> bytes:
    """Return the text of a mail as DATA takes it: dots doubled at line starts, one at the end.

    RFC 5321 4.5.2. Looking for dots takes as long as the rest of a mail; `has_dots` False
    says that none begins a line.
    """
    if has_dots:
        message = message.replace(b"\r\n.", b"\r\n..")
        if message.startswith(b"."):
            message = b"." + message
    return message + (b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n")


def _goes_on(answer: Answer) -> bool:
    if answer.stage is Stage.DATA:
        return answer.code == GO_AHEAD
    return 200 <= answer.code < 300
