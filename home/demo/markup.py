"""The few signs the demo texts are written in, and what becomes of them.

A blank line ends a paragraph, `- ` begins an item, `# ` a heading. Inside text:
`**strong**` and `[words](page:key)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape

Link = Callable[[str, str], str]
"""Turns the key of a page and the words of a link into HTML."""

STRONG = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\(page:([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list; `lines` has one entry unless it is a list."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words, without signs."""
        return " ".join(plain(line) for line in self.lines)


def blocks(text: str) -> Iterator[Block]:
    """Split a text into its blocks."""
    for piece in re.split(r"\n\s*\n", text.strip()):
        lines = tuple(line.strip() for line in piece.splitlines())
        if lines[0].startswith("# "):
            yield Block("heading", (lines[0][2:],))
        elif lines[0].startswith("- "):
            yield Block("list", tuple(line.removeprefix("- ") for line in lines))
        else:
            yield Block("paragraph", (" ".join(lines),))


def plain(line: str) -> str:
    """Return a line without signs."""
    return LINK.sub(r"\1", STRONG.sub(r"\1", line))


def words_only(key: str, words: str) -> str:
    """Return the words of a link whose page is not there."""
    return words


def html(text: str, link: Link = words_only) -> str:
    """Return a text as rich text; headings are left to the page."""
    return "".join(_html(block, link) for block in blocks(text))


def stream(text: str, link: Link = words_only) -> list[tuple[str, str]]:
    """Return a text as the blocks of a page body: headings, and the text under each."""
    body: list[tuple[str, str]] = []
    for block in blocks(text):
        if block.kind == "heading":
            body.append(("heading", block.text))
        elif body and body[-1][0] == "paragraph":
            body[-1] = ("paragraph", body[-1][1] + _html(block, link))
        else:
            body.append(("paragraph", _html(block, link)))
    return body


def typeset(text: str) -> list[dict[str, Any]]:
    """Return a text as the typesetter takes it."""
    return [
        {"kind": "list", "items": [plain(line) for line in block.lines]}
        if block.kind == "list"
        else {"kind": "paragraph", "text": block.text}
        for block in blocks(text)
    ]


def _html(block: Block, link: Link) -> str:
    lines = [_inline(line, link) for line in block.lines]
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return f"<p>{lines[0]}</p>"


def _inline(line: str, link: Link) -> str:
    escaped = STRONG.sub(r"<b>\1</b>", str(escape(line)))
    return LINK.sub(lambda found: link(found[2], found[1]), escaped)
