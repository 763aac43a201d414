"""Reading a stored mail to show it, whatever is in it: broken, huge, nested without end.

Nothing here raises for what a mail holds. What cannot be taken apart is shown as it came.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

HEAD_BYTES = 64_000
LARGEST = 2_000_000
"""Bytes of a mail that are read to show it; the rest is in the file."""

MOST_SHOWN = 100_000
"""Characters of a text that are shown, and of its HTML; an edition is smaller."""

MOST_OF_A_LINE = 1000
MOST_LINES = 100
DEEPEST = 20
"""Mails that say they hold more parts than this are not taken apart: that takes minutes."""

_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says: lines of its head, its text, its HTML ("" when there is none).

    `is_cut`: there is more in the file than this.
    """

    head: list[tuple[str, str]]
    text: str
    html: str
    is_cut: bool

    @property
    def subject(self) -> str:
        """Return the subject, "" without one."""
        return next((value for name, value in self.head if name.lower() == "subject"), "")


def read_head(path: Path) -> dict[str, str]:
    """Return the lines of the head by their names in small letters, the first of each."""
    with path.open("rb") as file:
        lines = _head(BytesHeaderParser(policy=policy.compat32).parsebytes(file.read(HEAD_BYTES)))
    return {name.lower(): value for name, value in reversed(lines)}


def read_mail(path: Path) -> ReadMail:
    """Read a mail, its beginning when it is very large."""
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    message = _taken_apart(raw[:LARGEST])
    if message is None:
        message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:HEAD_BYTES])
        text, html = raw.decode("utf-8", "replace"), ""
    else:
        text, html = _part(message, "text/plain"), _part(message, "text/html")
    is_cut = len(raw) > LARGEST or max(len(text), len(html)) > MOST_SHOWN
    return ReadMail(_head(message), text[:MOST_SHOWN], html[:MOST_SHOWN], is_cut)


def _taken_apart(raw: bytes) -> Message | None:
    if len(_MULTIPART.findall(raw)) > DEEPEST:
        return None
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # Python's reader gives up on some broken mail


def _head(message: Message) -> list[tuple[str, str]]:
    found = [(name, _decoded(value)) for name, value in message.items()[:MOST_LINES]]
    return [(name[:100], value) for name, value in found if name.lower() != "content-type"]


def _decoded(value: object) -> str:
    plain = " ".join(str(value)[: 4 * MOST_OF_A_LINE].split())
    with suppress(ValueError, LookupError, MessageError):  # words in an encoding that is none
        plain = str(make_header(decode_header(plain)))
    return plain[:MOST_OF_A_LINE]


def _part(message: Message, kind: str) -> str:
    """Return the first text of a kind that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return _text(part)
    return ""


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # a character set that nobody knows
        return content.decode("utf-8", "replace")
