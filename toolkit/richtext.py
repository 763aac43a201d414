"""Rich text as a small tree of plain values, and back. Pure.

A block is `{"kind": "p" | "h", "runs": […]}` or `{"kind": "ul" | "ol", "items": [[block, …], …]}`.
A run is `{"text": …}` with, where they hold, `"bold"`, `"italic"`, `"raised"` (true)
and `"url"`. Every other element leaves only its words: nothing an editor pastes
reaches a reader as markup of its own.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

Block = dict[str, Any]
Run = dict[str, Any]

MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "raised"}
TAGS = {"bold": "b", "italic": "i", "raised": "sup"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol")
SCHEMES = ("http", "https", "mailto", "tel")
UNSEEN = ("script", "style", "template", "title")
SPACES = re.compile(r"[ \t\r\n\f]+")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold, and so no Word document."""

DEEPEST = 6
"""Lists inside lists; deeper ones are shown at this depth."""


def parse(html: str, base: str = "") -> list[Block]:
    """Return the tree of rich text; links become absolute against `base`."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    return reader.finish()


def to_html(blocks: list[Block], heading: str = "h3") -> str:
    """Return a tree as HTML, with nothing in it but our own few elements."""
    return "".join(_html(block, heading) for block in blocks)


def plain_text(blocks: list[Block]) -> str:
    """Return the words, a paragraph a line."""
    lines = []
    for block in blocks:
        if block["kind"] in LISTS:
            lines += [plain_text(item) for item in block["items"]]
        else:
            lines.append("".join(run["text"] for run in block["runs"]))
    return "\n".join(line for line in lines if line.strip())


def paragraphs(text: str) -> list[Block]:
    """Return plain text as a tree: a blank line begins a paragraph."""
    pieces = (" ".join(piece.split()) for piece in text.split("\n\n"))
    return [{"kind": "p", "runs": [{"text": piece}]} for piece in pieces if piece]


def absolute(url: str, base: str) -> str:
    """Return an address that works outside the site; "" for one that cannot."""
    if not url.strip():
        return ""
    try:
        whole = urljoin(base, url.strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in SCHEMES and (parts.netloc or parts.path) else ""


def _html(block: Block, heading: str) -> str:
    if block["kind"] in LISTS:
        items = "".join(f"<li>{_item(item, heading)}</li>" for item in block["items"])
        return f"<{block['kind']}>{items}</{block['kind']}>"
    tag = heading if block["kind"] == "h" else "p"
    return f"<{tag}>{''.join(map(_run, block['runs']))}</{tag}>"


def _item(blocks: list[Block], heading: str) -> str:
    if blocks and blocks[0]["kind"] == "p":
        first = "".join(map(_run, blocks[0]["runs"]))
        return first + to_html(blocks[1:], heading)
    return to_html(blocks, heading)


def _run(run: Run) -> str:
    html = escape(run["text"], quote=False).replace("\n", "<br>")
    for mark, tag in TAGS.items():
        if run.get(mark):
            html = f"<{tag}>{html}</{tag}>"
    if run.get("url"):
        html = f'<a href="{escape(run["url"])}">{html}</a>'
    return html


class _Reader(HTMLParser):
    """Builds the tree while it reads."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self._stack: list[list[Block]] = [[]]
        self._lists: list[Block] = []
        self._marks: list[str] = []
        self._urls: list[str] = []
        self._runs: list[Run] = []
        self._kind = "p"
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in MARKS:
            self._marks.append(MARKS[tag])
        elif tag == "a":
            self._urls.append(absolute(dict(attrs).get("href") or "", self._base or "x:"))
        elif tag == "br":
            self._add("\n")
        elif tag in LISTS:
            self._open_list(tag)
        elif tag == "li" and self._lists:
            self._end_block()
            self._end_item()
            self._stack.append([])
        elif tag in ("p", "div", *HEADINGS):
            self._end_block()
            self._kind = "h" if tag in HEADINGS else "p"

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in MARKS and MARKS[tag] in self._marks:
            self._marks.reverse()
            self._marks.remove(MARKS[tag])
            self._marks.reverse()
        elif tag == "a" and self._urls:
            self._urls.pop()
        elif tag in LISTS and self._lists:
            self._close_list()
        elif tag in ("li", "p", "div", *HEADINGS):
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(SPACES.sub(" ", data))

    def finish(self) -> list[Block]:
        """Close what is open and return all blocks."""
        self._end_block()
        while self._lists:
            self._close_list()
        return self._stack[0]

    def _add(self, text: str) -> None:
        text = FORBIDDEN.sub("", text)
        if not self._runs:
            text = text.lstrip()
        elif self._runs[-1]["text"][-1].isspace():
            text = text.lstrip(" ")
        if not text:
            return
        run: Run = {"text": text}
        run.update(dict.fromkeys(self._marks, True))
        if self._urls and self._urls[-1]:
            run["url"] = self._urls[-1]
        last = self._runs[-1] if self._runs else None
        if last and {**last, "text": ""} == {**run, "text": ""}:
            last["text"] += run["text"]
        else:
            self._runs.append(run)

    def _end_block(self) -> None:
        while self._runs:
            self._runs[-1]["text"] = self._runs[-1]["text"].rstrip()
            if self._runs[-1]["text"]:
                break
            self._runs.pop()
        runs = [run for run in self._runs if run["text"]]
        if any(run["text"].strip() for run in runs):
            self._stack[-1].append({"kind": self._kind, "runs": runs})
        self._runs, self._kind = [], "p"

    def _open_list(self, kind: str) -> None:
        self._end_block()
        if len(self._lists) < DEEPEST:
            self._lists.append({"kind": kind, "items": [], "depth": len(self._stack)})
        else:
            self._lists.append({**self._lists[-1], "same": True})

    def _end_item(self) -> None:
        """Put the open item in its list; between items there is nothing to put."""
        if len(self._stack) > self._lists[-1]["depth"]:
            item = self._stack.pop()
            if item:
                self._lists[-1]["items"].append(item)

    def _close_list(self) -> None:
        self._end_block()
        self._end_item()
        closed = self._lists.pop()
        if closed["items"] and not closed.get("same"):
            self._stack[-1].append({"kind": closed["kind"], "items": closed["items"]})
