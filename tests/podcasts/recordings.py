"""Small recordings made of bytes: silence in MP3 and M4A, whole and broken."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from io import BytesIO

from mutagen.id3 import APIC, CHAP, CTOC, ID3, TIT2, WXXX, CTOCFlags

HEADERS = {32: b"\xff\xfb\x10\xc4", 64: b"\xff\xfb\x50\xc4", 128: b"\xff\xfb\x90\xc4"}
"""MPEG 1, layer III, 44,100 samples per second, mono, by kilobits per second."""


def frame(rate: int = 64, body: bytes = b"") -> bytes:
    """Return one frame of silence."""
    size = 144 * rate * 1000 // 44100
    return (HEADERS[rate] + body).ljust(size, b"\x00")


def mp3(frames: int = 100, rates: Iterable[int] = (64,), *, promised: int | None = None) -> bytes:
    """Return an MP3; with several rates they alternate. `promised` goes into a Xing header."""
    turns = list(rates)
    sound = b"".join(frame(turns[number % len(turns)]) for number in range(frames))
    if promised is None:
        return sound
    return frame(64, b"\x00" * 17 + b"Xing" + struct.pack(">II", 1, promised)) + sound


def tagged(sound: bytes, title: str = "", chapters: Iterable[tuple[int, str, str]] = ()) -> bytes:
    """Return an MP3 with an ID3 tag: title, chapters and a picture."""
    tag = ID3()
    if title:
        tag.add(TIT2(encoding=3, text=title))
    names = []
    for number, (start, name, url) in enumerate(chapters):
        names.append(f"c{number}")
        inside = [TIT2(encoding=3, text=name)] + ([WXXX(encoding=3, url=url)] if url else [])
        tag.add(CHAP(element_id=names[-1], start_time=start, end_time=start, sub_frames=inside))
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tag.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    tag.add(APIC(encoding=3, mime="image/png", type=3, data=b"\x89PNG picture"))
    file = BytesIO(sound)
    tag.save(file)
    return file.getvalue()


def atom(name: bytes, *parts: bytes) -> bytes:
    """Return one box of an MP4 file."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def m4a(
    seconds: int = 3,
    *,
    codec: bytes = b"alac",
    handler: bytes = b"soun",
    chapters: Iterable[tuple[int, str]] = (),
) -> bytes:
    """Return an M4A with one track and no sound in it; only its description counts."""
    length = seconds * 1000
    sound = struct.pack(">HHHHI", 1, 16, 0, 0, 44100 << 16)
    details = struct.pack(">IBBBBBBHIII", 4096, 0, 16, 40, 10, 14, 1, 255, 0, 64_000, 44100)
    entry = atom(
        codec, b"\x00" * 6 + b"\x00\x01" + b"\x00" * 8 + sound, atom(b"alac", b"\x00" * 4, details)
    )
    table = atom(
        b"stbl",
        atom(b"stsd", b"\x00" * 4 + struct.pack(">I", 1), entry),
    )
    media = atom(
        b"mdia",
        atom(b"mdhd", b"\x00" * 12 + struct.pack(">IIHH", 1000, length, 0, 0)),
        atom(b"hdlr", b"\x00" * 8 + handler + b"\x00" * 12),
        atom(b"minf", table),
    )
    rows = list(chapters)
    listed = b"".join(
        struct.pack(">QB", start * 10_000, len(name.encode())) + name.encode()
        for start, name in rows
    )
    chpl = atom(
        b"udta", atom(b"chpl", b"\x01\x00\x00\x00" + b"\x00" * 4, bytes([len(rows)]), listed)
    )
    moov = atom(
        b"moov",
        atom(b"mvhd", b"\x00" * 12 + struct.pack(">II", 1000, length), b"\x00" * 80),
        atom(b"trak", media),
        chpl if rows else b"",
    )
    return atom(b"ftyp", b"M4A \x00\x00\x00\x00M4A ") + moov + atom(b"mdat", b"\x00" * 1000)
