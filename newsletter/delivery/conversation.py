"""A connection to a mail server that never waits: what can be sent is, what came is read.

smtplib connects, secures and signs in, which may wait and so happens in a thread of its
own. After that it matters, to the octet, how far a conversation was when it ended: as long
as the last dot has not left, a message cannot have been taken.
"""

from __future__ import annotations

import smtplib
import socket
import ssl

from core.mail_transport import Transport
from newsletter.delivery.dialogue import Dialogue, Unanswered
from newsletter.delivery.outcomes import Answer, Stage

SECONDS = 60
"""The longest wait for an answer. RFC 5321 4.5.3.2 allows servers more after the message."""
SECONDS_AFTER_MESSAGE = 300
SECONDS_TO_PART = 5
_AT_ONCE = 65_536
_WAIT = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class CannotConnectError(Exception):
    """The server could not be reached, or did not let us in. `answer` says how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.line)
        self.answer = answer


class Conversation:
    """An open connection. `handed_over` counts the messages it took along."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        if smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("The connection was lost.")
        self.socket: socket.socket = smtp.sock
        self.takes_8bit = smtp.has_extn("8bitmime")
        self.handed_over = 0
        self._smtp = smtp
        self._dialogue = Dialogue(pipelines=smtp.has_extn("pipelining"))
        self._unsent = b""
        self._after_dot = 0
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more may be said: the server is closing, or gone."""
        return self._dialogue.is_over

    @property
    def has_unsent(self) -> bool:
        """Say whether something waits until the connection takes more."""
        return bool(self._unsent)

    def offer(self, sender: str, recipient: str, *, is_8bit: bool) -> None:
        """Ask whether a mail is welcome; `send` sends it."""
        self._say(self._dialogue.offer(sender, recipient, is_8bit=is_8bit))

    def give(self, message: bytes) -> None:
        """Give a mail that was welcome, as `dialogue.as_given` makes it; `send` sends it."""
        self.handed_over += 1
        self._unsent += self._dialogue.give(message)
        self._after_dot = 0

    def send(self) -> None:
        """Send what can be sent now."""
        try:
            while self._unsent:
                sent = self.socket.send(self._unsent)
                self._unsent = self._unsent[sent:]
        except _WAIT:
            return
        except OSError as error:
            self._dialogue.end(why(error))

    def take(self) -> list[Answer]:
        """Read what came, and return the verdicts in it."""
        verdicts: list[Answer] = []
        try:
            while received := self.socket.recv(_AT_ONCE):
                verdicts += self._dialogue.take(received)
                # TLS may hold more than the socket shows to be there.
                if not isinstance(self.socket, ssl.SSLSocket):
                    break
            else:
                self._dialogue.end("The server closed the connection.")
        except _WAIT:
            pass
        except OSError as error:
            self._dialogue.end(why(error))
        self._say(self._dialogue.say())
        return verdicts

    def lost(self, trouble: str = "") -> Unanswered:
        """Close, because of this trouble if no other; return verdicts on what has none."""
        self._dialogue.end(trouble)
        self.close()
        return self._dialogue.lost(was_given=len(self._unsent) <= self._after_dot)

    def _say(self, said: bytes) -> None:
        self._unsent += said
        self._after_dot += len(said)

    def close(self) -> None:
        """Drop the connection."""
        self._smtp.close()

    def part(self) -> None:
        """End politely, if the server still listens. May wait a few seconds."""
        try:
            self.socket.settimeout(SECONDS_TO_PART)
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self.close()


def connect(server: Transport, *, timeout: float = SECONDS) -> Conversation:
    """Open a connection, secured and signed in as the setting says. Waits.

    Raises CannotConnectError.
    """
    smtp = None
    try:
        # With the host in the constructor: its name is what a certificate is held against.
        smtp = (
            smtplib.SMTP_SSL(
                server.host, server.port, timeout=timeout, context=ssl.create_default_context()
            )
            if server.security == "tls"
            else smtplib.SMTP(server.host, server.port, timeout=timeout)
        )
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        return Conversation(smtp)
    except (OSError, smtplib.SMTPException) as error:
        if smtp:
            smtp.close()
        code = getattr(error, "smtp_code", 0)
        raise CannotConnectError(Answer(Stage.GREETING, max(code, 0), why(error))) from error


def why(error: Exception) -> str:
    """Return what went wrong, on one line."""
    text = getattr(error, "smtp_error", b"") or str(error) or type(error).__name__
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return " ".join(text.split())
