"""What differs between two releases: parts added, removed, moved and changed. Pure.

The contents are those of `toolkit.content`. A part is the same part in both when it has
the same id; a chapter is compared like a part of its own, by its title and introduction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.marking import Span, marked, shown, words_of

TITLE, INTRO, CITATION, LINKS, PICTURE, DESCRIPTION = (
    "title",
    "intro",
    "citation",
    "links",
    "picture",
    "description",
)
"""The names of what every part or chapter may have; the fields of a kind have their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part (or a chapter: `part` is then the chapter) and the chapter in which it stands."""

    part: Mapping[str, Any]
    chapter: Mapping[str, Any]

    @property
    def is_chapter(self) -> bool:
        """Say whether this is a chapter itself."""
        return self.part is self.chapter


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. `label` is "" for what every part has: its name says enough.

    When its words are the same, something changed that they do not show: a picture, bold letters.
    """

    name: str
    label: str
    old: str
    new: str

    @property
    def replaced(self) -> bool:
        """Say whether something changed which words do not show."""
        return self.old == self.new

    @property
    def spans(self) -> list[Span]:
        """The change word by word, with some words around it."""
        return [] if self.replaced else shown(marked(self.old, self.new))


@dataclass(frozen=True, slots=True)
class Move:
    """A part that stands elsewhere: in another chapter, or at another place in its own."""

    old: Place
    new: Place


@dataclass(frozen=True, slots=True)
class Change:
    """A part whose text differs, field by field."""

    old: Place
    new: Place
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; each list in the order of the release in which its parts stand."""

    added: list[Place] = field(default_factory=list)
    removed: list[Place] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved or self.changed)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Say what someone who has `old` must know of `new`."""
    before = {place.part["id"]: place for place in _places(old)}
    after = {place.part["id"]: place for place in _places(new)}
    both = [key for key in after if key in before]
    moved = _moved(before, after)
    changes = ((key, tuple(_changes(before[key].part, after[key].part))) for key in both)
    return Difference(
        added=[place for key, place in after.items() if key not in before],
        removed=[place for key, place in before.items() if key not in after],
        moved=[Move(before[key], after[key]) for key in both if key in moved],
        changed=[Change(before[key], after[key], fields) for key, fields in changes if fields],
    )


def _places(content: Mapping[str, Any]) -> Iterator[Place]:
    for chapter in content.get("chapters", ()):
        yield Place(chapter, chapter)
        for part in chapter["parts"]:
            yield Place(part, chapter)


def _moved(before: Mapping[str, Place], after: Mapping[str, Place]) -> set[str]:
    """Return the ids that stand elsewhere: as few as explain the new order."""
    groups: dict[str, list[str]] = {}
    moved = set()
    for key, place in after.items():
        if key not in before:
            continue
        home = "" if place.is_chapter else place.chapter["id"]
        was = "" if before[key].is_chapter else before[key].chapter["id"]
        if home != was:
            moved.add(key)
        else:
            groups.setdefault(home, []).append(key)
    order = {key: number for number, key in enumerate(before)}
    for keys in groups.values():
        stays = longest_rising([order[key] for key in keys])
        moved.update(key for number, key in enumerate(keys) if number not in stays)
    return moved


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising row among different numbers."""
    lowest: list[int] = []  # lowest[n]: the lowest number in which a row of n + 1 can end
    ends: list[int] = []  # where that number stands
    links: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(lowest, number)
        links.append(ends[length - 1] if length else None)
        lowest[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    found: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        found.add(at)
        at = links[at]
    return found


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield the fields that differ, in the order in which they are read."""
    before, after = _fields(old), _fields(new)
    names = [*after, *(name for name in before if name not in after)]
    for name in names:
        was, now = before.get(name, _ABSENT), after.get(name, _ABSENT)
        if was.source != now.source:
            yield FieldChange(name, now.label or was.label, was.words, now.words)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: its label, what is stored, and how to get words out of that."""

    label: str
    source: str
    to_words: Callable[[str], str] = str

    @property
    def words(self) -> str:
        return self.to_words(self.source)


_ABSENT = _Field("", "")


def _fields(part: Mapping[str, Any]) -> dict[str, _Field]:
    found = {TITLE: _Field("", part["title"])}
    if intro := part.get("intro"):
        found[INTRO] = _Field("", intro, words_of)
    for fact in part.get("facts", ()):
        found[f"fact:{fact['name']}"] = _Field(fact["label"], fact["value"])
    for text in part.get("fields", ()):
        found[f"field:{text['name']}"] = _Field(text["label"], text["html"], words_of)
    if citation := part.get("citation"):
        found[CITATION] = _Field("", citation)
    if links := part.get("links"):
        lines = (f"{link['label']} <{link['url']}>" for link in links)
        found[LINKS] = _Field("", "\n".join(lines))
    if picture := part.get("picture"):
        found[PICTURE] = _Field("", picture["sha256"], _no_words)
        found[DESCRIPTION] = _Field("", picture["alt"])
    return found


def _no_words(source: str) -> str:
    return ""
