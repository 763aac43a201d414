"""Writes chapters into a copy of a recording. Runs in the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mutagen.id3 import CHAP, CTOC, ID3, TIT2, WXXX, CTOCFlags, ID3NoHeaderError

Progress = Callable[[Mapping[str, Any]], None]


def write(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Replace the chapters in the ID3 tag of the MP3 at `path`; all other tags stay.

    `chapters` have start and end in milliseconds, title and url (ID3v2 Chapter Frame
    Addendum). The tag becomes ID3v2.3, which every player reads.
    """
    path = arguments["path"]
    try:
        tags = ID3(path)
    except ID3NoHeaderError:
        tags = ID3()
    tags.delall("CHAP")
    tags.delall("CTOC")
    names = []
    for number, chapter in enumerate(arguments["chapters"]):
        names.append(f"chp{number}")
        tags.add(_frame(names[-1], chapter))
    if names:
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        tags.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    tags.update_to_v23()
    tags.save(path, v2_version=3)
    return {"chapters": len(names)}


def _frame(name: str, chapter: Mapping[str, Any]) -> CHAP:
    # UTF-16 (1) is the only encoding of ID3v2.3 that holds every letter.
    inside = [TIT2(encoding=1, text=[chapter["title"]])]
    if chapter["url"]:
        inside.append(WXXX(encoding=1, desc="chapter url", url=chapter["url"]))
    return CHAP(
        element_id=name,
        start_time=chapter["start"],
        end_time=chapter["end"],
        start_offset=0xFFFFFFFF,
        end_offset=0xFFFFFFFF,
        sub_frames=inside,
    )
