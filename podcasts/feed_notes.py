"""Show notes for a feed: one piece of safe HTML with full addresses, without a query for each.

Apps show paragraphs, lists, links and emphasis; pictures and buttons they leave out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.conf import settings

from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

import nh3

TAGS = {"p", "ul", "ol", "li", "a", "b", "i", "strong", "em", "h3", "blockquote", "br", "sup"}
_INSIDE = re.compile(r'href="/(?!/)')

Linked = Mapping[tuple[str, int], tuple[str, str]]
"""Title and address of each page and document that notes lead to, by kind and number."""
Block = Mapping[str, Any]


def targets(blocks: Iterable[Block]) -> set[tuple[str, int]]:
    """Return the pages and documents that show notes lead to, as kind and number."""
    found = set()
    for block in blocks:
        value = block.get("value")
        if isinstance(value, str):
            found |= {target for tag in FIND_A_TAG.findall(value) if (target := _target(tag))}
        elif isinstance(value, dict):
            found |= {
                (kind, value[kind])
                for kind in ("page", "document")
                if isinstance(value.get(kind), int)
            }
    return found


def as_html(blocks: Iterable[Block], linked: Linked) -> str:
    """Return show notes as HTML; a link whose page is gone keeps its words."""
    pieces = (
        WRITERS[kind](block.get("value"), linked)
        for block in blocks
        if (kind := str(block.get("type"))) in WRITERS
    )
    html = _INSIDE.sub(f'href="{settings.BASE_URL}/', "".join(pieces))
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)


def link(target: tuple[str, int], linked: Linked, title: str = "") -> str:
    """Return a link to a page or document with its title, its words alone when it is gone."""
    own, url = linked.get(target, ("", ""))
    words = escape(title or own)
    return f'<a href="{escape(url)}">{words}</a>' if url else words


def _target(attributes: str) -> tuple[str, int] | None:
    values = extract_attrs(attributes)
    number = values.get("id", "")
    kind = values.get("linktype", "")
    return (kind, int(number)) if kind in ("page", "document") and number.isdecimal() else None


def _rich(value: Any, linked: Linked) -> str:
    def expand(match: re.Match[str]) -> str:
        target = _target(match.group(1))
        if not target:
            return match.group(0)
        url = linked.get(target, ("", ""))[1]
        return f'<a href="{escape(url)}">' if url else "<a>"

    return FIND_A_TAG.sub(expand, str(value or ""))


def _heading(value: Any, linked: Linked) -> str:
    return f"<h3>{escape(str(value or ''))}</h3>"


def _quote(value: Any, linked: Linked) -> str:
    source = f"<br>{escape(value['source'])}" if value.get("source") else ""
    return f"<blockquote>{escape(value.get('text') or '')}{source}</blockquote>"


def _page_link(value: Any, linked: Linked) -> str:
    shown = link(("page", value.get("page")), linked)
    note = escape(value.get("note") or "")
    return f"<p>{shown}{': ' if shown and note else ''}{note}</p>" if shown or note else ""


def _document(value: Any, linked: Linked) -> str:
    shown = link(("document", value.get("document")), linked, value.get("title") or "")
    return f"<p>{shown}</p>" if shown else ""


def _action(value: Any, linked: Linked) -> str:
    label, url = escape(value.get("label") or ""), value.get("url") or ""
    target = ("page", value.get("page"))
    shown = f'<a href="{escape(url)}">{label}</a>' if url else link(target, linked, label)
    said = " ".join(escape(value.get(name) or "") for name in ("title", "text"))
    return f"<p>{said} {shown}</p>"


WRITERS: dict[str, Callable[[Any, Linked], str]] = {
    "paragraph": _rich,
    "heading": _heading,
    "quote": _quote,
    "page_link": _page_link,
    "document": _document,
    "call_to_action": _action,
}
"""What each block of the notes becomes."""
