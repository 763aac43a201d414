"""Marking what differs between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from html.parser import HTMLParser
from itertools import groupby

MOST_PAIRS = 4_000_000
"""Words of the one text times words of the other that are still compared word by word; a
longer stretch is shown as taken out and put in as a whole."""
AROUND = 12
"""Words shown on each side of a change."""

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OWN_LINE = frozenset({"p", "li", "h2", "h3", "h4", "br", "blockquote", "hr"})


class Mark(Enum):
    """What happened to a stretch of text."""

    SAME = "same"
    ADDED = "ins"
    REMOVED = "del"
    LEFT_OUT = "gap"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what happened to it."""

    mark: Mark
    text: str

    @property
    def is_added(self) -> bool:
        """Say whether only the new text has it."""
        return self.mark is Mark.ADDED

    @property
    def is_removed(self) -> bool:
        """Say whether only the old text had it."""
        return self.mark is Mark.REMOVED

    @property
    def is_left_out(self) -> bool:
        """Say whether this stands for text that is the same in both and not shown."""
        return self.mark is Mark.LEFT_OUT


class _Words(HTMLParser):
    """Collects text, a line for each paragraph, with the address behind each link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or remember where a link leads."""
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in _OWN_LINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Say where the link led that ends here."""
        if tag == "a" and self.links and (address := self.links.pop()):
            self.pieces.append(f" <{address}>")

    def handle_data(self, data: str) -> None:
        """Keep text; spaces are those of a page."""
        self.pieces.append(re.sub(r"\s+", " ", data))


def words_of(html: str) -> str:
    """Return the words of rich text: a line for each paragraph, links with their address."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = ("".join(parser.pieces)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def marked(old: str, new: str) -> list[Span]:
    """Say how `old` became `new`.

    What is the same or removed, put together, is `old`; what is the same or added is `new`.
    """
    lines_before, lines_after = _LINE.findall(old), _LINE.findall(new)
    spans: list[Span] = []
    for same, a, b in _stretches(lines_before, lines_after):
        spans += [Span(Mark.SAME, b)] if same else _by_word(a, b)
    return _joined(spans)


def shown(spans: Sequence[Span], around: int = AROUND) -> list[Span]:
    """Leave out long stretches that are the same, but for some words around each change."""
    last = len(spans) - 1
    found: list[Span] = []
    for place, span in enumerate(spans):
        tokens = _TOKEN.findall(span.text)
        head = 0 if place == 0 else 2 * around
        tail = 0 if place == last else 2 * around
        if span.mark is not Mark.SAME or len(tokens) <= head + tail + 2:
            found.append(span)
            continue
        pieces = (
            Span(Mark.SAME, "".join(tokens[:head])),
            Span(Mark.LEFT_OUT, ""),
            Span(Mark.SAME, "".join(tokens[len(tokens) - tail :])),
        )
        found += [piece for piece in pieces if piece.text or piece.is_left_out]
    return found


def _by_word(old: str, new: str) -> list[Span]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        return [Span(Mark.REMOVED, old), Span(Mark.ADDED, new)]
    spans: list[Span] = []
    for same, a, b in _stretches(before, after):
        if same:
            spans.append(Span(Mark.SAME, b))
        else:
            spans += [Span(Mark.REMOVED, a), Span(Mark.ADDED, b)]
    return _readable(spans)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", "".join(old[a:b]), "".join(new[c:d])


def _readable(spans: Sequence[Span]) -> list[Span]:
    """Let a change run on over a space that stayed: two new words are one change."""
    found: list[Span] = []
    for place, span in enumerate(spans):
        between = 0 < place < len(spans) - 1
        if span.mark is Mark.SAME and between and not span.text.strip():
            found += [Span(Mark.REMOVED, span.text), Span(Mark.ADDED, span.text)]
        else:
            found.append(span)
    return found


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Put stretches together; of a change, what went comes before what came."""
    found: list[Span] = []
    for same, group in groupby(spans, key=lambda span: span.mark is Mark.SAME):
        pieces = list(group)
        for mark in (Mark.SAME,) if same else (Mark.REMOVED, Mark.ADDED):
            text = "".join(piece.text for piece in pieces if piece.mark is mark)
            if text:
                found.append(Span(mark, text))
    return found
