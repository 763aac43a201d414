"""The bytes of a reference file as text, and which format that text is in. Pure."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Format(StrEnum):
    """The formats references come in. A value is also the end of a file's name."""

    RIS = "ris"
    WOS = "wos"
    BIBTEX = "bib"
    CSL_JSON = "json"


SIGNS = (
    (Format.WOS, re.compile(r"^(?:FN [^\n]*\n(?:VR [^\n]*\n)?\s*)?PT [A-Z]\s*$", re.MULTILINE)),
    (Format.RIS, re.compile(r"^\s*TY\s{0,2}-", re.MULTILINE)),
    (Format.BIBTEX, re.compile(r"^\s*@[A-Za-z]+\s*[{(]", re.MULTILINE)),
)
"""What only one format has, looked for in this order. JSON is known by its first sign."""


def decoded(content: bytes) -> str:
    """Return bytes as text, with plain line ends and without NUL. Never raises.

    A byte order mark decides; then UTF-8 if all of it is; then UTF-16 by its empty
    bytes; then Windows-1252, in which every byte but five is a letter.
    """
    text = _decoded(content).replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    half = content[:2000]
    if half.count(0) > len(half) // 4:
        little = half[1::2].count(0) >= half[::2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def format_of(text: str) -> Format | None:
    """Return the format of a text by what stands in it; None when it is none of them.

    The name of a file is not asked: it is wrong too often.
    """
    if text.lstrip("\ufeff \t\n")[:1] in ("[", "{"):
        return Format.CSL_JSON
    head = text[:200_000]
    found = [(match.start(), name) for name, sign in SIGNS if (match := sign.search(head))]
    return min(found)[1] if found else None
