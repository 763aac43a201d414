"""Reads what a recording says about itself. Runs in the sandbox, on a file nobody knows.

A refusal is a word that `podcasts.probing` turns into a sentence.
"""

from __future__ import annotations

import base64
import mmap
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp4 import MP4, Atoms

from podcasts import mpeg

Progress = Callable[[Mapping[str, Any]], None]

TEXT = 255
MOST_CHAPTERS = 500
PICTURE_BYTES = 8_000_000
LEAST_MILLISECONDS = 100
KEPT_OF_PROMISE = 0.95
"""Of the frames a header promises, so many must be there."""

FILM = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp09", b"mp4v"})
PROTECTED = frozenset({"drms", "enca"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


class Refused(Exception):
    """The file cannot be used; the argument is a word for why."""


def read(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the recording at `path` holds, or `{"refused": word}`."""
    path = Path(arguments["path"])
    try:
        return _read_mp4(path) if _is_mp4(path) else _read_mp3(path)
    except Refused as refusal:
        return {"refused": str(refusal)}


def picture(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any] | None:
    """Return the picture in the recording at `path`, in base64, or None."""
    found = _picture_of(Path(arguments["path"]))
    if found is None or len(found[1]) > PICTURE_BYTES:
        return None
    return {"type": found[0], "data": base64.b64encode(found[1]).decode()}


def _is_mp4(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[4:8] == b"ftyp"


def clean(text: Any) -> str:
    """Return one line of text that any form of ours can hold."""
    return " ".join(_CONTROL.sub(" ", str(text)).split())[:TEXT]


# --- MP3 ------------------------------------------------------------------------


def _read_mp3(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        if not file.read(1):
            raise Refused("empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            sound = mpeg.measure(data, _after_tags(data))
    if not sound.frames:
        raise Refused("not_audio")
    if sound.duration < LEAST_MILLISECONDS:
        raise Refused("no_length")
    if sound.lost > sound.size:
        raise Refused("broken")
    if sound.frames < sound.promised * KEPT_OF_PROMISE:
        raise Refused("broken_off")
    return {
        "kind": "mp3",
        "duration": sound.duration,
        "bit_rate": sound.size * 8000 // sound.duration,
        "sample_rate": sound.sample_rate,
        "channels": sound.channels,
        **_said_by_id3(path),
    }


def _after_tags(data: Any) -> int:
    """Return where the sound may begin: behind the ID3v2 tags."""
    place = 0
    while data[place : place + 3] == b"ID3" and len(data) >= place + 10:
        size = 0
        for byte in data[place + 6 : place + 10]:
            size = size << 7 | byte & 0x7F
        place += 10 + size + (10 if data[place + 5] & 0x10 else 0)
    return place


def _tags(path: Path) -> ID3 | None:
    try:
        return ID3(path)
    except ID3NoHeaderError:
        return None
    except (MutagenError, ValueError, KeyError, IndexError, TypeError, OverflowError):
        return None  # a tag that cannot be read; the sound can


def _said_by_id3(path: Path) -> dict[str, Any]:
    tags = _tags(path)
    if tags is None:
        return {"title": "", "artist": "", "album": "", "chapters": [], "picture": False}
    return {
        "title": _text(tags, "TIT2"),
        "artist": _text(tags, "TPE1"),
        "album": _text(tags, "TALB"),
        "chapters": sorted(_id3_chapters(tags), key=lambda row: row["start"])[:MOST_CHAPTERS],
        "picture": bool(tags.getall("APIC")),
    }


def _text(tags: Any, name: str) -> str:
    frame = tags.get(name)
    return clean(frame.text[0]) if frame is not None and frame.text else ""


def _id3_chapters(tags: ID3) -> Iterator[dict[str, Any]]:
    """Yield the chapters of an ID3v2 tag (ID3v2 Chapter Frame Addendum)."""
    for number, frame in enumerate(tags.getall("CHAP")):
        if number >= MOST_CHAPTERS:
            return
        links = frame.sub_frames.getall("WXXX")
        yield {
            "start": int(frame.start_time),
            "title": _text(frame.sub_frames, "TIT2"),
            "url": clean(links[0].url) if links else "",
        }


# --- MP4 ------------------------------------------------------------------------


def _read_mp4(path: Path) -> dict[str, Any]:
    try:
        _check_atoms(path)
        file = MP4(path)
    except MutagenError as error:
        raise Refused("broken") from error
    info = file.info
    if getattr(info, "codec", "") in PROTECTED:
        raise Refused("protected")
    if not info.channels or not info.sample_rate:
        raise Refused("not_audio")
    duration = int(info.length * 1000)
    if duration < LEAST_MILLISECONDS:
        raise Refused("no_length")
    tags = file.tags or {}
    return {
        "kind": "m4a",
        "duration": duration,
        "bit_rate": int(info.bitrate) or path.stat().st_size * 8000 // duration,
        "sample_rate": int(info.sample_rate),
        "channels": int(info.channels),
        "title": clean((tags.get("\xa9nam") or [""])[0]),
        "artist": clean((tags.get("\xa9ART") or [""])[0]),
        "album": clean((tags.get("\xa9alb") or [""])[0]),
        "chapters": _mp4_chapters(file),
        "picture": bool(tags.get("covr")),
    }


def _mp4_chapters(file: MP4) -> list[dict[str, Any]]:
    found = list(file.chapters or ())[:MOST_CHAPTERS]
    return [
        {"start": int(chapter.start * 1000), "title": clean(chapter.title), "url": ""}
        for chapter in found
    ]


def _check_atoms(path: Path) -> None:
    """Refuse a file that breaks off, holds no sound, or is a film."""
    with path.open("rb") as file:
        atoms = Atoms(file)
        last = atoms.atoms[-1]
        if last.offset + last.length > path.stat().st_size:
            raise Refused("broken_off")
        names = [atom.name for atom in atoms.atoms]
        if b"moov" not in names:
            raise Refused("broken_off")
        kinds = set()
        for track in atoms[b"moov"].findall(b"trak"):
            kind, form = _track(track, file)
            kinds.add(kind)
            if form in FILM:
                raise Refused("film")
    if b"soun" not in kinds:
        raise Refused("not_audio")


def _track(track: Any, file: Any) -> tuple[bytes, bytes]:
    """Return the kind of a track (`soun`, `vide` …) and the name of its format."""
    handler = track[b"mdia", b"hdlr"].read(file)[1][8:12]
    try:
        form = track[b"mdia", b"minf", b"stbl", b"stsd"].read(file)[1][12:16]
    except KeyError:
        form = b""
    return bytes(handler), bytes(form)


# --- Picture --------------------------------------------------------------------


def _picture_of(path: Path) -> tuple[str, bytes] | None:
    if _is_mp4(path):
        covers = (MP4(path).tags or {}).get("covr") or []
        return (
            ("image/png" if covers[0].imageformat == 14 else "image/jpeg", covers[0])
            if covers
            else None
        )
    tags = _tags(path)
    pictures = tags.getall("APIC") if tags else []
    front = sorted(pictures, key=lambda frame: frame.type != 3)  # 3: front cover
    return (front[0].mime, front[0].data) if front else None
