"""Questions that may say who asked, or whom it is about. They are never kept.

Pure: no Django. What looks like an e-mail address, a telephone or citizen service number, a bank
account, a date of birth, a home address or a link is refused; so is what is too long to be
a question. When in doubt it is refused: one count less does no harm. A name cannot be
told from a word; `docs/editors.md` says what that means.
"""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 16
MOST_DIGITS = 6
"""Digits in a row, whatever stands between them. The shortest telephone numbers have seven."""

_RUN = re.compile(r"\d(?:[\W_]{0,3}\d)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AT = re.compile(
    r"@|[\[({]\s*(?:at|a)\s*[\])}]|\bapenstaart|\b(?:at|dot|punt)\s+\w+\s+(?:dot|punt)\b", re.I
)
_MAIL_HOST = re.compile(
    r"\b(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|proton(?:mail)?|ziggo|kpnmail"
    r"|planet|xs4all|telenet|skynet)[\s.]+(?:com|nl|be|net|me|org)\b",
    re.I,
)
_LINK = re.compile(r"://|\bwww\.", re.I)
# 1234 AB is an address once it has a number; "2015 EU" and "1000 en" are not.
_POSTCODE = re.compile(r"\b([1-9]\d{3})(\s?)([a-z]{2})\b(?:\s*\d)?", re.I)


def looks_personal(text: str) -> bool:
    """Say whether a question must not be kept. Never raises, whatever the text holds."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf"
    )
    return (
        len(plain.split()) > MOST_WORDS
        or any(pattern.search(plain) for pattern in (_AT, _MAIL_HOST, _LINK))
        or _has_number(plain)
        or _has_postcode(plain)
    )


def _has_number(text: str) -> bool:
    """Say whether digits stand together as in a number of somebody; years alone do not."""
    for run in _RUN.findall(text):
        groups = re.findall(r"\d+", run)
        if sum(map(len, groups)) > MOST_DIGITS and not all(map(_YEAR.fullmatch, groups)):
            return True
    return False


def _has_postcode(text: str) -> bool:
    """Say whether a Dutch postcode stands in the text; a year and a short word are none."""
    for match in _POSTCODE.finditer(text):
        digits, space, letters = match.groups()
        numbered = match.group()[-1].isdigit()
        if numbered or not space or (letters.isupper() and not _YEAR.fullmatch(digits)):
            return True
    return False
