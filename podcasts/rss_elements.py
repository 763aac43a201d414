"""XML by hand: small elements, checked characters, and text that may hold markup.

`xml.etree` knows no CDATA and declares its own prefixes; apps look for `itunes:` by name.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from core.feeds import clean

_LINE = re.compile(r"\s+")

Value = str | int | None


def text(value: Value) -> str:
    """Return a value as one line that may stand between tags."""
    return escape(_LINE.sub(" ", clean(str(value))).strip())


def cdata(markup: str) -> str:
    """Return markup as character data that reads back as it was, `]]>` in it included."""
    return "<![CDATA[" + clean(markup).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def element(name: str, inner: str = "", **attributes: Value) -> str:
    """Return an element around what is XML already; attributes without a value are left out.

    An underscore before the name of an attribute is dropped: `_type`.
    """
    shown = "".join(
        f" {key.lstrip('_')}={quoteattr(clean(str(value)))}"
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{shown}>{inner}</{name}>" if inner else f"<{name}{shown}/>"


def leaf(name: str, value: Value, **attributes: Value) -> str:
    """Return an element with text in it, or nothing when there is no text."""
    inner = "" if value is None else text(value)
    return element(name, inner, **attributes) if inner else ""


def short(value: str, most: int = 128) -> str:
    """Return text no longer than apps show; the namespace asks for 128 characters."""
    line = _LINE.sub(" ", value).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def yes_or_no(value: bool) -> str:
    """Say yes or no, as the podcast namespace has it."""
    return "yes" if value else "no"


def true_or_false(value: bool) -> str:
    """Say true or false, as Apple has it."""
    return "true" if value else "false"
