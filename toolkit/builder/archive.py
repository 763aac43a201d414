"""The ZIP of a release: every file, what it is, and the sums to check it by."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.content import Content

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
PACKED = (".pdf", ".docx", ".png", ".jpg")
"""Already compressed inside; packing them again costs time and gains nothing."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made: where it lies in the ZIP, what it is, whose part it shows."""

    path: str
    kind: str
    sha256: str
    size: int
    part: str = ""


def note(folder: Path, path: str, kind: str, data: bytes, part: str = "") -> Made:
    """Write a file into the folder of the ZIP and say what was written."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return Made(path, kind, hashlib.sha256(data).hexdigest(), len(data), part)


def manifest(content: Content, files: Sequence[Made]) -> bytes:
    """Return what is in the ZIP, for machines."""
    frame = ("toolkit", "title", "version", "language", "date", "licence")
    of_part: dict[str, list[str]] = {}
    for made in files:
        if made.part:
            of_part.setdefault(made.part, []).append(made.path)
    value = {
        "format": content["format"],
        **{key: content[key] for key in frame},
        "parts": [
            {
                "id": part["id"],
                "kind": part["kind"],
                "title": part["title"],
                "chapter": chapter["title"],
                "files": of_part.get(part["id"], []),
            }
            for chapter in content["chapters"]
            for part in chapter["parts"]
        ],
        "files": [_row(made) for made in sorted(files, key=lambda made: made.path)],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def sums(files: Sequence[Made]) -> bytes:
    """Return the sums as `sha256sum --check` reads them."""
    lines = [f"{made.sha256}  {made.path}\n" for made in sorted(files, key=lambda made: made.path)]
    return "".join(lines).encode()


def pack(folder: Path, target: Path, top: str, date: str) -> None:
    """Pack a folder under one top folder; order and dates come from the content alone."""
    year, month, day = (int(number) for number in date.split("-"))
    moment = (max(year, 1980), month, day, 0, 0, 0)
    with zipfile.ZipFile(target, "w") as archive:
        for path in _paths(folder):
            entry = zipfile.ZipInfo(f"{top}/{path}", moment)
            entry.external_attr = 0o644 << 16
            packed = path.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder / path).read_bytes())


def _paths(folder: Path) -> Iterator[str]:
    yield from sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    )


def _row(made: Made) -> dict[str, Any]:
    return {"path": made.path, "kind": made.kind, "sha256": made.sha256, "size": made.size}
