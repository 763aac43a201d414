"""Building a release from a folder. Runs in a sandboxed child only.

The folder holds `content.json`, `words.json` and `pictures/`; what is made comes in
`out/`, and the ZIP beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.builder import archive, document, web
from toolkit.builder.archive import Made, note
from toolkit.builder.typeset import PICTURES, Typesetter, signs_in, signs_without_font
from toolkit.content import Content, Part, parts_of

Progress = Callable[[Mapping[str, Any]], None]


class PartError(Exception):
    """A part cannot be built; the message is its title."""


class SignError(Exception):
    """A part holds a sign that no font has; the message is the sign, and the title."""


class Build:
    """One build, from the folder it is given."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.folder, self.out = folder, folder / "out"
        self.content: Content = json.loads((folder / "content.json").read_text("utf-8"))
        self.words: dict[str, str] = json.loads((folder / "words.json").read_text("utf-8"))
        self.setter = Typesetter(folder, self.content, self.words)
        self.progress = progress
        self.done, self.total = 0, len(parts_of(self.content)) + 2

    def step(self, part: str = "") -> None:
        """Say what is begun now."""
        self.progress({"done": self.done, "total": self.total, "part": part})
        self.done += 1

    def all(self) -> list[dict[str, Any]]:
        """Make everything; return the rows of the files."""
        made = [*self.sheets(), self.whole(), *self.site()]
        self.step()
        made.append(note(self.out, "LICENCE.txt", "licence", licence(self.content, self.words)))
        data = archive.manifest(self.content, made)
        made.append(note(self.out, archive.MANIFEST, "manifest", data))
        (self.out / archive.SUMS).write_bytes(archive.sums(made))
        top = f"toolkit-{self.content['version']}-{self.content['language']}"
        archive.pack(self.out, self.folder / "toolkit.zip", top, self.content["date"])
        return [asdict(row) for row in made]

    def whole(self) -> Made:
        """Make the PDF of the whole release."""
        self.step()
        return note(self.out, "toolkit.pdf", "pdf", self.setter.release())

    def sheets(self) -> Iterator[Made]:
        """Make a sheet of every part, as PDF and as Word document."""
        for place, chapter in enumerate(self.content["chapters"], start=1):
            for number, part in enumerate(chapter["parts"], start=1):
                self.step(part["title"])
                name = f"sheets/{place:02}-{number:02}-{part['slug'][:60]}"
                pdf, word = self._sheet(part)
                yield note(self.out, f"{name}.pdf", "sheet_pdf", pdf, part["id"])
                yield note(self.out, f"{name}.docx", "sheet_docx", word, part["id"])

    def _sheet(self, part: Part) -> tuple[bytes, bytes]:
        try:
            pdf = self.setter.sheet(part)
            return pdf, document.sheet(part, self.content, self.words, self.folder)
        except MemoryError:
            raise
        except Exception as error:
            for sign in signs_in(str(error)):
                raise SignError(f"{sign} {part['title']}") from error
            raise PartError(part["title"]) from error

    def site(self) -> Iterator[Made]:
        """Make the web text, with its pictures."""
        yield note(self.out, "web/index.html", "web", web.page(self.content, self.words))
        for picture in sorted((self.folder / PICTURES).glob("*")):
            path = f"web/{PICTURES}/{picture.name}"
            yield note(self.out, path, "picture", picture.read_bytes())


def licence(content: Content, words: Mapping[str, str]) -> bytes:
    """Return the licence in words, with its SPDX identifier."""
    lines = [
        f"{content['title']}, {words['version']}, {words['date']}",
        words["author"],
        "",
        f"{words['licence']} {words['licence_name']}",
        words["licence_url"],
        f"SPDX-License-Identifier: {content['licence']}",
        words["licence_studies"],
        "",
    ]
    return "\n".join(lines).encode()


def build(arguments: Mapping[str, Any], progress: Progress) -> list[dict[str, Any]]:
    """Build the release in the folder at `path`."""
    return Build(Path(arguments["path"]), progress).all()


def missing_signs(arguments: Mapping[str, Any], progress: Progress) -> list[str]:
    """Return the signs in the `words` that no font has."""
    return signs_without_font(arguments["words"])


def preview(arguments: Mapping[str, Any], progress: Progress) -> list[dict[str, Any]]:
    """Build only the PDF of the whole release in the folder at `path`."""
    return [asdict(Build(Path(arguments["path"]), progress).whole())]
