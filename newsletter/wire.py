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

from newsletter.wire_encoding import Encoding, cut, encoding_for
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
class Slot:
    """A place in a prepared mail where something of the person comes."""

    placeholder: str
    fill: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mail with everything done that is the same for everybody."""

    greetings: tuple[str, str]
    pieces: tuple[bytes | Slot, ...]
    """All that follows the header lines of the person."""
    is_8bit: bool
    has_dots: bool
    """Whether a line of it may begin with a dot, which SMTP asks to double."""

    def message(self, envelope: Envelope, person: Personal) -> bytes:
        """Return the whole message, CRLF line ends, not dot-stuffed."""
        name = _clean(person.name)
        values = _values(person, name, self.greetings)
        chunks = [header_lines(envelope, name)]
        for piece in self.pieces:
            chunks.append(
                piece if isinstance(piece, bytes) else piece.fill(values[piece.placeholder])
            )
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
    pieces: list[bytes | Slot] = [
        static_headers(letter.subject, letter.language, sender, edition, boundary)
    ]
    encodings = []
    for subtype, text, escape in (("plain", letter.text, str), ("html", letter.html, html.escape)):
        encoding = encoding_for(text, PLACEHOLDERS, allow_8bit=allow_8bit)
        encodings.append(encoding.name)
        head = (
            f"Content-Type: text/{subtype}; charset=utf-8\r\n"
            f"Content-Transfer-Encoding: {encoding.name}\r\n\r\n"
        )
        pieces.append(b"\r\n--" + boundary + b"\r\n" + head.encode())
        pieces += [
            piece if isinstance(piece, bytes) else _slot(piece.placeholder, encoding, escape)
            for piece in cut(text, PLACEHOLDERS, encoding)
        ]
    pieces.append(b"\r\n--" + boundary + b"--\r\n")
    words = greetings(letter.language)
    return Prepared(
        greetings=words,
        pieces=tuple(pieces),
        is_8bit="8bit" in encodings,
        has_dots=_may_have_dots(pieces, encodings, words),
    )


def _may_have_dots(
    pieces: list[bytes | Slot], encodings: list[str], words: tuple[str, str]
) -> bool:
    """Say whether a line may begin with a dot: in what is fixed, or by what is filled in.

    Values are on one line; an address begins with its scheme. Quoted-printable breaks
    values anywhere.
    """
    fixed = any(isinstance(p, bytes) and (p[:1] == b"." or b"\r\n." in p) for p in pieces)
    return fixed or set(encodings) != {"8bit"} or words[0].startswith("%")


def _slot(placeholder: str, encoding: Encoding, escape: Callable[[str], str]) -> Slot:
    return Slot(placeholder, lambda value: encoding.value(escape(value)))


def greetings(language: str) -> tuple[str, str]:
    """Return how a mail greets: with a name in place of %(name)s, and without."""
    with translation.override(language):
        return _("Dear %(name)s"), _("Dear reader")


def _values(person: Personal, name: str, words: tuple[str, str]) -> dict[str, str]:
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
