"""One connection to a mail server, and handing over one message at a time.

smtplib connects, secures and signs in. A message itself is handed over here, because the
commands may go together (PIPELINING, RFC 2920) and because it matters, to the octet, how
far a conversation was when it ended: as long as the last dot has not left, a message
cannot have been taken.
"""

from __future__ import annotations

import smtplib
import ssl

from core.mail_transport import Transport
from newsletter.delivery.outcomes import Answer, Stage

SECONDS = 60
"""The longest wait for an answer. RFC 5321 4.5.3.2 allows servers more after the message."""
SECONDS_AFTER_MESSAGE = 300


class CannotConnectError(Exception):
    """The server could not be reached, or did not let us in. `answer` says how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.line)
        self.answer = answer


class Conversation:
    """An open connection."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp
        self.takes_8bit = smtp.has_extn("8bitmime")
        self._pipelines = smtp.has_extn("pipelining")
        self.handed_over = 0

    def hand_over(self, sender: str, recipient: str, message: bytes, *, is_8bit: bool) -> Answer:
        """Send one message to one recipient and return what the server made of it."""
        self.handed_over += 1
        body = " BODY=8BITMIME" if is_8bit else ""
        commands = (
            (Stage.SENDER, f"MAIL FROM:<{sender}>{body}\r\n"),
            (Stage.RECIPIENT, f"RCPT TO:<{recipient}>\r\n"),
            (Stage.DATA, "DATA\r\n"),
        )
        refused = self._together(commands) if self._pipelines else self._one_by_one(commands)
        return refused or self._give(message)

    def _one_by_one(self, commands: tuple[tuple[Stage, str], ...]) -> Answer | None:
        for stage, command in commands:
            answer = self._ask(stage, command)
            if not _goes_on(answer):
                return self._after_refusal(answer)
        return None

    def _together(self, commands: tuple[tuple[Stage, str], ...]) -> Answer | None:
        first = self._ask(commands[0][0], "".join(command for _stage, command in commands))
        answers = [first, *(self._ask(stage, "") for stage, _command in commands[1:])]
        refused = next((answer for answer in answers if not _goes_on(answer)), None)
        if refused and answers[-1].code == 354:
            self._ask(Stage.DATA, ".\r\n")  # it waits for a message, which has no recipient
        return refused and self._after_refusal(refused)

    def _ask(self, stage: Stage, command: str) -> Answer:
        """Send a command, or nothing, and read one answer."""
        if not self.is_open:
            return Answer(stage, 0, "The connection was lost.")
        try:
            if command:
                self._smtp.send(command.encode("ascii"))
            code, text = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(stage, 0, _why(error))
        return Answer(stage, code, text.decode("utf-8", "replace"))

    def _after_refusal(self, answer: Answer) -> Answer:
        if answer.code and answer.code != 421:
            self._ask(answer.stage, "RSET\r\n")
        return answer

    def _give(self, message: bytes) -> Answer:
        stuffed = message.replace(b"\r\n.", b"\r\n..")
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            self._smtp.send(stuffed + end)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Stage.DATA, 0, _why(error))
        if self._smtp.sock:
            self._smtp.sock.settimeout(SECONDS_AFTER_MESSAGE)
        answer = self._ask(Stage.MESSAGE, "")
        if self._smtp.sock:
            self._smtp.sock.settimeout(SECONDS)
        return answer

    @property
    def is_open(self) -> bool:
        """Say whether the connection was still there when it was last used."""
        return self._smtp.sock is not None

    def close(self) -> None:
        """Drop the connection."""
        self._smtp.close()

    def quit(self) -> None:
        """End politely, if the server still listens."""
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self.close()


def connect(server: Transport, *, timeout: float = SECONDS) -> Conversation:
    """Open a connection, secured and signed in as the setting says.

    Raises CannotConnectError.
    """
    smtp = (
        smtplib.SMTP_SSL(timeout=timeout, context=ssl.create_default_context())
        if server.security == "tls"
        else smtplib.SMTP(timeout=timeout)
    )
    try:
        code, text = smtp.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except (OSError, smtplib.SMTPException) as error:
        smtp.close()
        code = getattr(error, "smtp_code", 0)
        raise CannotConnectError(Answer(Stage.GREETING, max(code, 0), _why(error))) from error
    return Conversation(smtp)


def _goes_on(answer: Answer) -> bool:
    return 200 <= answer.code < 300 or (answer.stage is Stage.DATA and answer.code == 354)


def _why(error: Exception) -> str:
    """Return what went wrong, on one line."""
    text = getattr(error, "smtp_error", b"") or str(error) or type(error).__name__
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return " ".join(text.split())
