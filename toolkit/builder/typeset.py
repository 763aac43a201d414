"""Typesetting with typst: the whole release, and one part as a sheet.

What editors wrote reaches the typesetter as JSON values, never as its source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from toolkit import richtext
from toolkit.content import Content, Part

TEMPLATE = Path(__file__).with_name("release.typ")
PICTURES = "pictures"


class Typesetter:
    """Sets what belongs to one release; `folder` holds its pictures."""

    def __init__(self, folder: Path, content: Content, words: Mapping[str, str]) -> None:
        copy = folder / TEMPLATE.name
        copy.write_bytes(TEMPLATE.read_bytes())
        self._source = str(copy)
        self._compiler = typst.Compiler(root=str(folder), ignore_system_fonts=True)
        self._content = content
        self._frame = {
            **{key: content[key] for key in ("toolkit", "title", "version", "language", "lead")},
            "date": [int(number) for number in content["date"].split("-")],
            "words": dict(words),
        }

    def release(self) -> bytes:
        """Return the whole release as PDF/UA-1."""
        chapters = [
            {
                "title": chapter["title"],
                "intro": richtext.parse(chapter["intro"]),
                "parts": [part_values(part) for part in chapter["parts"]],
            }
            for chapter in self._content["chapters"]
        ]
        notes = richtext.parse(self._content["notes"])
        return self._compile({**self._frame, "notes": notes, "chapters": chapters, "sheet": None})

    def sheet(self, part: Part) -> bytes:
        """Return one part as PDF/UA-1."""
        return self._compile(
            {**self._frame, "notes": [], "chapters": [], "sheet": part_values(part)}
        )

    def _compile(self, data: Mapping[str, Any]) -> bytes:
        inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
        pdf = self._compiler.compile(
            input=self._source, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"]
        )
        return bytes(pdf)  # type: ignore[arg-type]  # one document gives one file


def part_values(part: Part) -> dict[str, Any]:
    """Return a part as the template takes it: rich text as trees, the picture by its path."""
    picture = part["picture"]
    return {
        **part,
        "fields": [
            {"label": row["label"], "blocks": richtext.parse(row["html"])} for row in part["fields"]
        ],
        "picture": picture and {**picture, "path": picture_path(picture)},
    }


def picture_path(picture: Mapping[str, Any]) -> str:
    """Return where the picture lies in the folder of the build."""
    return f"{PICTURES}/{picture['sha256']}.{picture['format']}"
