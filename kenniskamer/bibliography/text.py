"""Text of a record: one line, without markup, control characters or surprises. Pure."""

from __future__ import annotations

import html
import re
import unicodedata

from kenniskamer.pagetext import CONTROLS

MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sup|sub|span|sc|scp|small|p|br|div|h[1-6]|li|ul|ol|a|img|svg|font"
    r"|title|title-group|script|style|iframe|object|embed|form|input|link|meta|body|html"
    r"|(?:jats|mml|inf|ns\d?):[a-z-]+)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
"""Tags that stand in titles and abstracts, and those that would do harm on a page.

Other words between angle brackets are text: an author may have meant them.
"""

CODE = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ESCAPED_AGAIN = re.compile(r"&(?:amp;)+", re.IGNORECASE)

RAW_FACTOR = 4
"""Markup may take so many times the room of the text it marks, and no more."""


def clean(value: object, limit: int) -> str:
    """Return a value as one line of at most `limit` characters; "" when it is not text.

    What comes out comes out again unchanged, so that a record survives being
    written and read.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = as_text(value)[: limit * RAW_FACTOR + 200]
    before = None if _is_plain(text) else text
    text = " ".join(text.split()) if before is None else _pass(text)
    while before is not None and text != before and not _is_plain(text):
        text, before = _pass(text), text
    return text if len(text) <= limit else clean(text[:limit], limit)


def as_text(value: str | int | float) -> str:
    """Return a number as it is written; an absurdly long one as nothing."""
    try:
        return str(value)
    except ValueError:
        # Python refuses to write out integers of thousands of digits.
        return ""


def _is_plain(text: str) -> bool:
    """Say whether a text surely holds no markup and no invisible signs: most do not."""
    return text.isascii() and text.isprintable() and "&" not in text and "<" not in text


def _pass(text: str) -> str:
    text = html.unescape(ESCAPED_AGAIN.sub("&", text)) if "&" in text else text
    if "<" in text:
        text = MARKUP.sub("", CODE.sub(" ", COMMENT.sub(" ", text)))
    return " ".join(unicodedata.normalize("NFC", CONTROLS.sub("", text)).split())
