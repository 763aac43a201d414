"""Rich text as mail takes it: a few tags, absolute addresses; and the same as plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

KEPT = frozenset({"p", "ul", "ol", "li", "a", "b", "strong", "i", "em", "br", "sup", "h3"})
BLOCKS = frozenset({"p", "h3", "ul", "ol", "li"})
LINKS = ("http://", "https://", "mailto:", "tel:")
WIDTH = 72
"""Columns of the plain text (RFC 5322 §2.1.1 advises at most 78)."""


def clean(html: str, base: str) -> str:
    """Return rich text with only what mail programs know; addresses made absolute with `base`.

    A tag that is not known gives its words; an address that is no link gives none.
    """
    soup = BeautifulSoup(html, "html.parser")
    for dangerous in soup(["script", "style"]):
        dangerous.decompose()
    for tag in soup.find_all(True):
        href = _absolute(str(tag.get("href") or ""), base)
        tag.attrs = {}
        if tag.name == "a" and href.startswith(LINKS):
            tag["href"] = href
        elif tag.name not in KEPT or tag.name == "a":
            tag.unwrap()
    return str(soup).strip()


def _absolute(href: str, base: str) -> str:
    try:
        return urljoin(f"{base}/", href) if href else ""
    except ValueError:
        return ""


def as_text(html: str, width: int = WIDTH) -> str:
    """Return clean rich text as somebody would have typed it in a mail."""
    soup = BeautifulSoup(html, "html.parser")
    return "\n\n".join(block for block in _blocks(soup, width) if block)


def wrap(text: str, width: int = WIDTH, first: str = "", later: str = "") -> str:
    """Wrap one paragraph; an address is never broken."""
    lines = [
        textwrap.fill(
            " ".join(line.split()),
            width,
            initial_indent=first if number == 0 else later,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, line in enumerate(text.split("\n"))
    ]
    return "\n".join(line for line in lines if line.strip())


def _blocks(node: Tag, width: int) -> Iterator[str]:
    loose = ""
    for child in node.children:
        if not isinstance(child, Tag) or child.name not in BLOCKS:
            loose += _inline(child)
            continue
        yield wrap(loose, width)
        loose = ""
        if child.name in ("ul", "ol"):
            yield _list(child, width)
        else:
            yield wrap(_inline(child), width)
    yield wrap(loose, width)


def _list(node: Tag, width: int, depth: int = 0) -> str:
    rows: list[str] = []
    items = [child for child in node.children if isinstance(child, Tag) and child.name == "li"]
    for number, item in enumerate(items, start=1):
        sign = f"{'  ' * depth}{f'{number}.' if node.name == 'ol' else '-'} "
        own, below = "", []
        for child in item.children:
            if isinstance(child, Tag) and child.name in ("ul", "ol"):
                below.append(_list(child, width, depth + 1))
            else:
                own += _inline(child)
        rows += [wrap(own, width, sign, " " * len(sign)), *below]
    return "\n".join(row for row in rows if row)


def _inline(node: PageElement) -> str:
    if isinstance(node, NavigableString):
        return re.sub(r"\s+", " ", str(node))
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "\n"
    words = "".join(_inline(child) for child in node.children)
    href = str(node.get("href") or "").removeprefix("mailto:")
    if node.name == "a" and href and href.rstrip("/") != words.strip().rstrip("/"):
        return f"{words.rstrip()} ({href}){words[len(words.rstrip()) :]}"
    return words
