"""The parts of a frozen content as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.kinds import KINDS

ON_ONE_PAGE = "#"
"""In place of an address: all parts stand on the page itself."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with its address and the name of its kind."""

    part: Mapping[str, Any]
    url: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter with its parts, counted through the whole release from 1."""

    chapter: Mapping[str, Any]
    parts: list[ShownPart]
    number: int


def kind_label(kind: str) -> str:
    """Return the name of a kind of part in the active language."""
    found = KINDS.get(kind)
    return str(found.label) if found else kind


def chapters_shown(content: Mapping[str, Any], url: str) -> list[ShownChapter]:
    """Return the chapters of a release that stands at `url`."""
    numbers = iter(range(1, 1_000_000))
    return [
        ShownChapter(chapter, list(_parts(chapter, url, numbers)), number)
        for number, chapter in enumerate(content.get("chapters", ()), start=1)
    ]


def _parts(chapter: Mapping[str, Any], url: str, numbers: Iterator[int]) -> Iterator[ShownPart]:
    for part in chapter["parts"]:
        address = f"#{part['slug']}" if url == ON_ONE_PAGE else f"{url}{part['slug']}/"
        yield ShownPart(part, address, kind_label(part["kind"]), next(numbers))
