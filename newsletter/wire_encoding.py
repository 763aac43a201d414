"""Transfer encodings of text with gaps: 8bit, and quoted-printable (RFC 2045).

No soft line break falls inside a value that fits on a line: a token in an address stays
in one piece also for programs that read the raw message.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_LINE = 998
"""Octets in a line without its end (RFC 5322 2.1.1)."""
MOST_OF_A_VALUE = 480
"""Octets a filled-in value may take, escaped: 80 letters of a name, or an address."""
QP_LINE = 75


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a value comes."""

    placeholder: str


Pieces = tuple["bytes | Gap", ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How text becomes octets: `fixed` for what stands between gaps, `value` for the gaps."""

    name: str
    fixed: Callable[[str], bytes]
    value: Callable[[str], bytes]


def encode_8bit(text: str) -> bytes:
    """Return text as UTF-8 with CRLF line ends."""
    return text.replace("\n", "\r\n").encode()


def encode_quoted(text: str) -> bytes:
    """Return text as quoted-printable, with CRLF line ends and room for a soft break."""
    encoded = binascii.b2a_qp(text.encode()).replace(b"\n", b"\r\n")
    before, end, last = encoded.rpartition(b"\r\n")
    return before + end + _on_lines(last)


def encode_quoted_value(text: str) -> bytes:
    """Return a value on lines of its own, joined to what surrounds it by soft breaks."""
    encoded = binascii.b2a_qp(text.encode(), header=False).replace(b"=\n", b"")
    if encoded.endswith((b" ", b"\t")):
        encoded = encoded[:-1] + b"=%02X" % encoded[-1]
    return b"=\r\n" + _on_lines(encoded) + b"=\r\n"


EIGHT_BIT = Encoding("8bit", encode_8bit, encode_8bit)
QUOTED = Encoding("quoted-printable", encode_quoted, encode_quoted_value)


def encoding_for(text: str, placeholders: tuple[str, ...], *, allow_8bit: bool) -> Encoding:
    """Choose 8bit where the server takes it and every line stays short enough."""
    if not allow_8bit:
        return QUOTED
    longest = 0
    for line in re.split(r"\r\n|\r|\n", text):
        gaps = sum(line.count(placeholder) for placeholder in placeholders)
        longest = max(longest, len(line.encode()) + gaps * MOST_OF_A_VALUE)
    return EIGHT_BIT if longest <= LONGEST_LINE else QUOTED


def cut(text: str, placeholders: tuple[str, ...], encoding: Encoding) -> Pieces:
    """Encode text once, leaving gaps for the placeholders."""
    plain = re.sub(r"\r\n|\r", "\n", text).replace("\0", "")
    pattern = "(" + "|".join(map(re.escape, placeholders)) + ")"
    return tuple(
        Gap(piece) if piece in placeholders else encoding.fixed(piece)
        for piece in re.split(pattern, plain)
    )


def _on_lines(encoded: bytes) -> bytes:
    """Break quoted-printable into lines that fit, after a slash where that is possible."""
    lines = b""
    while len(encoded) > QP_LINE:
        end = encoded.rfind(b"/", 0, QP_LINE) + 1
        if not end:
            end = QP_LINE
            while b"=" in encoded[end - 2 : end]:
                end -= 1
        lines += encoded[:end] + b"=\r\n"
        encoded = encoded[end:]
    return lines + encoded
