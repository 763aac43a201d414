"""The parts of a release as places that search can point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.contracts import SearchPassage
from toolkit.marking import words_of
from toolkit.parts_shown import chapters_shown


def passages_of(content: Mapping[str, Any], url: str) -> Iterator[SearchPassage]:
    """Yield every part of a release that stands at `url`, each at its own address."""
    for chapter in chapters_shown(content, url):
        for shown in chapter.parts:
            yield SearchPassage(
                locator=shown.part["id"],
                label=shown.part["title"],
                text=text_of(shown.part),
                language=content["language"],
                url=shown.url,
            )


def text_of(part: Mapping[str, Any]) -> str:
    """Return all words of a part, its title first."""
    picture = part.get("picture") or {}
    pieces = [
        part["title"],
        *(fact["value"] for fact in part["facts"]),
        *(words_of(field["html"]) for field in part["fields"]),
        part["citation"],
        picture.get("alt", ""),
    ]
    return "\n\n".join(piece for piece in pieces if piece)
