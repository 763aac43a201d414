"""Typesetting with typst: the whole release, and one part as a sheet.

What editors wrote reaches the typesetter as JSON values, never as its source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from toolkit import richtext
from toolkit.content import Content, Part

TEMPLATE = Path(__file__).with_name("release.typ")
PICTURES = "pictures"
FONT = "Libertinus Serif"
UNKNOWN_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed')
"""What typst says of a sign that none of its fonts has; PDF/UA-1 forbids to leave it out."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_WORDS = f"""#set document(title: "-")
#set text(font: "{FONT}")
#for word in json(bytes(sys.inputs.words)) {{ par(word) }}
"""


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


def signs_without_font(words: Sequence[str]) -> list[str]:
    """Return the signs in these words that none of the fonts has, each once."""
    compiler = typst.Compiler(ignore_system_fonts=True)
    try:
        compiler.compile(
            input=_WORDS.encode(),
            format="pdf",
            sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        return signs_in(error.diagnostic)
    return []


def signs_in(complaint: str) -> list[str]:
    """Return the signs that typst names in a complaint."""
    named = (_ESCAPED.sub(_letter, sign).strip() for sign in UNKNOWN_SIGN.findall(complaint))
    return list(dict.fromkeys(sign for sign in named if sign))


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
