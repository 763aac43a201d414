"""The header of a mail: what is the same for everybody, and what is one person's.

RFC 5322 (form), 2047 (words that are not ASCII), 2369 and 2919 (lists), 8058 (one click).
Nothing of a person stands in the subject.
"""

from __future__ import annotations

import binascii
import functools
import re
import time
from dataclasses import dataclass
from email.utils import formatdate

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~. -]*")
_LINE = 76
_WORD = "=?utf-8?b?%s?="
_OCTETS = 45  # in base64 60 letters: with what is around them 72 of the 75 that are allowed


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
    return encoded_words(plain, room)


def encoded_words(text: str, room: int = 6) -> str:
    """Return text as encoded words (RFC 2047), each on a line of its own.

    No character is cut in two, and no word is over 75 octets.
    """
    words, octets = [], b""
    most = (_LINE - room - len(_WORD % "")) // 4 * 3
    for character in text:
        encoded = character.encode()
        if len(octets) + len(encoded) > most:
            words.append(octets)
            octets, most = b"", _OCTETS
        octets += encoded
    words.append(octets)
    return "\r\n ".join(_WORD % binascii.b2a_base64(w, newline=False).decode() for w in words)


def _phrase(name: str) -> str:
    """Return a display name: bare, quoted, or as encoded words."""
    plain = " ".join(name.split())
    if not plain.isascii() or "=?" in plain:
        return encoded_words(plain)
    if _ATOM.fullmatch(plain) and "." not in plain:
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


@functools.lru_cache(maxsize=2)
def _date(second: int) -> str:
    return formatdate(second, localtime=True)
