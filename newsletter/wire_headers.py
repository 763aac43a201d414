"""The header of a mail: what is the same for everybody, and what is one person's.

RFC 5322 (form), 2047 (words that are not ASCII), 2369 and 2919 (lists), 8058 (one click).
Nothing of a person stands in the subject.
"""

from __future__ import annotations

import functools
import re
import time
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~. -]*")
_LINE = 76


@dataclass(frozen=True, slots=True)
class SenderIdentity:
    """Who sends: as people see it, and as machines do.

    `address` stands in From; `host` names the site in Message-ID and List-Id.
    """

    name: str
    address: str
    host: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where one mail goes and how it is known. `recipient` is ASCII, as servers take it."""

    recipient: str
    message_id: str
    unsubscribe_url: str
    unsubscribe_mail: str


def static_headers(
    subject: str, language: str, sender: SenderIdentity, edition: int, boundary: bytes
) -> bytes:
    """Return the header lines that are the same for everybody, and the empty line."""
    name = sender.name or sender.host
    lines = [
        f"From: {mailbox(name, sender.address)}",
        f"Subject: {unstructured(subject, len('Subject: '))}",
        f"List-Id: {_phrase(name)} <newsletter.{sender.host}>",
        f"Feedback-ID: edition{edition}:{language}:newsletter:{sender.host.replace('.', '-')}",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f"Content-Language: {language}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary.decode()}"',
    ]
    if sender.reply_to:
        lines.append(f"Reply-To: <{sender.reply_to}>")
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def header_lines(envelope: Envelope, name: str) -> bytes:
    """Return the header lines of one person. `name` has no control characters."""
    return (
        f"Date: {_date(int(time.time()))}\r\n"
        f"To: {mailbox(name, envelope.recipient)}\r\n"
        f"Message-ID: <{envelope.message_id}>\r\n"
        f"List-Unsubscribe: <{envelope.unsubscribe_url}>,\r\n"
        f" <{envelope.unsubscribe_mail}>\r\n"
    ).encode("ascii")


def mailbox(name: str, address: str) -> str:
    """Return a name and an ASCII address as one mailbox; a long name gets lines of its own."""
    shown = _phrase(name)
    return f"{shown}\r\n <{address}>" if shown else f"<{address}>"


def unstructured(text: str, room: int) -> str:
    """Return free text for a header, encoded and folded; `room` is what its name takes."""
    plain = " ".join(text.split())
    if plain.isascii() and len(plain) + room <= _LINE and "=?" not in plain:
        return plain
    charset = "us-ascii" if plain.isascii() and "=?" not in plain else "utf-8"
    header = Header(plain, charset, maxlinelen=_LINE, header_name=" " * max(room - 2, 0))
    return header.encode(linesep="\r\n")


def _phrase(name: str) -> str:
    """Return a display name: bare, quoted, or as encoded words."""
    plain = " ".join(name.split())
    if not plain.isascii() or "=?" in plain:
        return Header(plain, "utf-8", maxlinelen=_LINE, header_name="To").encode(linesep="\r\n")
    if _ATOM.fullmatch(plain) and "." not in plain:
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


@functools.lru_cache(maxsize=2)
def _date(second: int) -> str:
    return formatdate(second, localtime=True)
