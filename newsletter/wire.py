"""From an approved mail to the bytes that go over the wire, for one person at a time.

A mail is prepared once per edition and language: headers and both parts are encoded, and
cut at the placeholders. Per person only the pieces between are filled in, each escaped
for where it stands (HTML, plain text, a header).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.wire_encoding import Encoding, Pieces, cut, encoding_for
from newsletter.wire_headers import Envelope, SenderIdentity, header_lines, static_headers

GREETING = "@@greeting@@"
"""“Beste Ana” or, without a name, “Beste lezer”; a comma follows in the text around it."""
UNSUBSCRIBE_URL = "@@unsubscribe_url@@"
MINE_URL = "@@mine_url@@"
"""The person's own page: what we hold, and every choice."""
PLACEHOLDERS = (GREETING, UNSUBSCRIBE_URL, MINE_URL)

_ANY_PLACEHOLDER = re.compile(r"@@\w+@@")
_MOST_OF_A_NAME = 80


class UnknownPlaceholderError(ValueError):
    """A mail asks for something about a person that is never filled in."""


@dataclass(frozen=True, slots=True)
class MailText:
    """What an approved mail consists of; `newsletter.models.FrozenMail` has the same fields."""

    language: str
    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Personal:
    """What differs per person. `name` may be anything people typed, or nothing."""

    name: str
    unsubscribe_url: str
    mine_url: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mail with everything done that is the same for everybody."""

    headers: bytes
    greetings: tuple[str, str]
    boundary: bytes
    parts: tuple[tuple[bytes, Encoding, Pieces, Callable[[str], str]], ...]
    is_8bit: bool

    def message(self, envelope: Envelope, person: Personal) -> bytes:
        """Return the whole message, CRLF line ends, not dot-stuffed."""
        values = _values(person, self.greetings)
        chunks = [header_lines(envelope, _clean(person.name)), self.headers]
        for head, encoding, pieces, escape in self.parts:
            chunks.append(head)
            for piece in pieces:
                chunks.append(
                    piece
                    if isinstance(piece, bytes)
                    else encoding.value(escape(values[piece.placeholder]))
                )
        chunks.append(b"\r\n--" + self.boundary + b"--\r\n")
        return b"".join(chunks)


def unknown_placeholders(text: str) -> list[str]:
    """Return what looks like a placeholder but is none, in order."""
    return [found for found in _ANY_PLACEHOLDER.findall(text) if found not in PLACEHOLDERS]


def prepare(
    letter: MailText, sender: SenderIdentity, *, edition: int, allow_8bit: bool
) -> Prepared:
    """Encode a mail for everybody.

    8-bit text goes as it is where the server takes it (RFC 6152) and no line is too
    long; otherwise it is quoted-printable. Raises UnknownPlaceholderError.
    """
    unknown = unknown_placeholders(letter.html + letter.text)
    if unknown:
        raise UnknownPlaceholderError(f"The mail holds {unknown[0]}, which nothing fills in.")
    boundary = f"=_hub_{edition}_{letter.language}_".encode() + b"Kq7dWn3"
    parts = []
    for subtype, text, escape in (
        ("plain", letter.text, str),
        ("html", letter.html, html.escape),
    ):
        encoding = encoding_for(text, PLACEHOLDERS, allow_8bit=allow_8bit)
        head = (
            f"Content-Type: text/{subtype}; charset=utf-8\r\n"
            f"Content-Transfer-Encoding: {encoding.name}\r\n\r\n"
        )
        separator = b"\r\n--" + boundary + b"\r\n"
        parts.append(
            (separator + head.encode(), encoding, cut(text, PLACEHOLDERS, encoding), escape)
        )
    return Prepared(
        headers=static_headers(letter.subject, letter.language, sender, edition, boundary),
        greetings=greetings(letter.language),
        boundary=boundary,
        parts=tuple(parts),
        is_8bit=any(part[1].name == "8bit" for part in parts),
    )


def greetings(language: str) -> tuple[str, str]:
    """Return how a mail greets: with a name in place of %(name)s, and without."""
    with translation.override(language):
        return _("Dear %(name)s"), _("Dear reader")


def _values(person: Personal, words: tuple[str, str]) -> dict[str, str]:
    name = _clean(person.name)
    return {
        GREETING: words[0] % {"name": name} if name else words[1],
        UNSUBSCRIBE_URL: person.unsubscribe_url,
        MINE_URL: person.mine_url,
    }


def _clean(name: str) -> str:
    """Return a name on one line, without control or direction characters."""
    if name.isascii() and name.isprintable():
        return name.strip()[:_MOST_OF_A_NAME]
    kept = (c if unicodedata.category(c)[0] != "C" else " " for c in name)
    return " ".join("".join(kept).split())[:_MOST_OF_A_NAME]
