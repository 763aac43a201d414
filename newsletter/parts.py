"""What an edition consists of, as plain values: the same for mail, text and web page.

Everything in here is ready to be shown: addresses are absolute, rich text is clean.
The values can be stored as JSON, so that what was approved is what is shown for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.contracts import CardImage


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Running text as clean HTML with absolute addresses."""

    html: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news.

    `label` says what it is ("Onderzoek"), `note` what is said about it ("Corrected: …").
    `language` is that of the thing itself, which may differ from the edition's;
    `language_label` names it then, and is "" otherwise. `work` is shared by its
    translations, `news` is what is told of it (`newsletter.blocks.News`).
    """

    kind: str
    label: str
    title: str
    url: str
    lead: str = ""
    note: str = ""
    date: dt.date | None = None
    facts: tuple[str, ...] = ()
    image: CardImage | None = None
    language: str = "nl"
    language_label: str = ""
    themes: tuple[str, ...] = ()
    work: str = ""
    news: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture across the column, in CSS pixels."""

    image: CardImage
    caption: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One thing the reader can do next."""

    label: str
    url: str


Part = Heading | Words | Item | Picture | Button
KINDS: dict[str, type[Any]] = {
    "heading": Heading,
    "words": Words,
    "item": Item,
    "picture": Picture,
    "button": Button,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Content:
    """One edition in one language. `url` is the absolute address of its page in the archive."""

    title: str
    subject: str
    preview: str
    language: str
    url: str
    parts: tuple[Part, ...] = ()

    @property
    def items(self) -> list[Item]:
        """The pieces of news in it."""
        return [part for part in self.parts if isinstance(part, Item)]

    @property
    def themes(self) -> frozenset[str]:
        """The slugs of all themes its news is about."""
        return frozenset(slug for item in self.items for slug in item.themes)

    def as_json(self) -> dict[str, Any]:
        """Return this as JSON values; `from_json` is its inverse."""
        parts = [{"type": _NAMES[type(part)], **_plain(part)} for part in self.parts]
        return {
            "title": self.title,
            "subject": self.subject,
            "preview": self.preview,
            "language": self.language,
            "url": self.url,
            "parts": parts,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Content:
        """Build an edition from what `as_json` gave."""
        return cls(**{**values, "parts": tuple(_part(row) for row in values["parts"])})


def kind_of(part: Part) -> str:
    """Return the name of a part's kind."""
    return _NAMES[type(part)]


def without_lone_headings(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Leave out headings with nothing under them: what stood there was dropped or is gone."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Heading) and kept and isinstance(kept[-1], Heading):
            kept.pop()
        kept.append(part)
    if kept and isinstance(kept[-1], Heading):
        kept.pop()
    return tuple(kept)


def _plain(part: Part) -> dict[str, Any]:
    values = asdict(part)
    if values.get("date"):
        values["date"] = values["date"].isoformat()
    return values


def _part(row: Mapping[str, Any]) -> Part:
    values = {name: value for name, value in row.items() if name != "type"}
    if values.get("image"):
        values["image"] = CardImage(**values["image"])
    if values.get("date"):
        values["date"] = dt.date.fromisoformat(values["date"])
    for name in ("facts", "themes"):
        if name in values:
            values[name] = tuple(values[name])
    made: Part = KINDS[row["type"]](**values)
    return made
