"""Counting the frames of an MP3: its true length, whatever its header says.

A file without a header of its own and with a varying bit rate has no other
length than the sum of its frames (ISO/IEC 11172-3 and 13818-3, layer III).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

BIT_RATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits per second by version (2 also stands for 2.5) and index."""

SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples per second by the two version bits and index."""

LAYER_III = 1
IN_A_ROW = 3
"""Frames that must follow one another before a pattern of bits counts as sound."""


class Bytes(Protocol):
    """What is read: bytes, or a file mapped into memory."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: slice, /) -> bytes: ...
    def find(self, sub: bytes, start: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: where it begins, its size, and what it holds."""

    start: int
    size: int
    samples: int
    sample_rate: int
    bit_rate: int
    channels: int
    signature: int
    """What stays the same in one recording: version, layer and sample rate."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What all frames together say. `promised` is the number of frames in the header, or 0."""

    frames: int
    samples: int
    size: int
    sample_rate: int
    channels: int
    promised: int
    lost: int
    """Bytes between frames that are no sound."""

    @property
    def duration(self) -> int:
        """The length in milliseconds."""
        return self.samples * 1000 // self.sample_rate if self.sample_rate else 0


def frame_at(data: Bytes, start: int) -> Frame | None:
    """Read the header of a frame; None when there is none at this place."""
    head = data[start : start + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, frequency, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != LAYER_III or rate in (0, 15) or frequency == 3:
        return None
    first = version == 3
    bit_rate = BIT_RATES[1 if first else 2][rate] * 1000
    sample_rate = SAMPLE_RATES[version][frequency]
    return Frame(
        start=start,
        size=(144 if first else 72) * bit_rate // sample_rate + padding,
        samples=1152 if first else 576,
        sample_rate=sample_rate,
        bit_rate=bit_rate,
        channels=1 if head[3] >> 6 == 3 else 2,
        signature=head[1] & 0xFE | frequency << 8,
    )


def first_sound(data: Bytes, start: int) -> Frame | None:
    """Find the next place where frames follow one another."""
    place = data.find(b"\xff", start)
    while place >= 0:
        frame = frame_at(data, place)
        if frame and _goes_on(data, frame):
            return frame
        place = data.find(b"\xff", place + 1)
    return None


def _goes_on(data: Bytes, frame: Frame) -> bool:
    """Say whether frames of the same kind follow, or the file ends with this one."""
    following: Frame | None = frame
    for _step in range(IN_A_ROW - 1):
        if following is None:
            return False
        end = following.start + following.size
        if end >= len(data):
            return following is not frame
        following = frame_at(data, end)
    return following is not None and following.signature == frame.signature


def frames(data: Bytes, start: int) -> Iterator[Frame]:
    """Yield every whole frame, also after a stretch that is no sound."""
    frame = first_sound(data, start)
    signature = frame.signature if frame else 0
    while frame:
        if frame.start + frame.size > len(data):
            return
        yield frame
        end = frame.start + frame.size
        following = frame_at(data, end)
        if following is None or following.signature != signature:
            following = first_sound(data, end)
        frame = following


def promised_frames(data: Bytes, frame: Frame) -> int | None:
    """Read how many frames the header frame promises; None when this is a frame of sound.

    0 when it does not say. Two forms: Xing (also "Info"), and that of Fraunhofer (VBRI).
    """
    body = data[frame.start : frame.start + min(frame.size, 200)]
    first = frame.samples == 1152
    side = (17 if frame.channels == 1 else 32) if first else (9 if frame.channels == 1 else 17)
    mark = body[4 + side : 8 + side]
    if mark in (b"Xing", b"Info"):
        says = len(body) > 11 + side and body[11 + side] & 1
        return int.from_bytes(body[12 + side : 16 + side], "big") if says else 0
    if body[36:40] == b"VBRI":
        return int.from_bytes(body[50:54], "big")
    return None


def measure(data: Bytes, start: int = 0) -> Sound:
    """Count all sound from a place on. Without any, `frames` is 0."""
    count = samples = size = lost = promised = sample_rate = channels = 0
    expected = None
    for frame in frames(data, start):
        if expected is not None:
            lost += frame.start - expected
        else:
            sample_rate, channels = frame.sample_rate, frame.channels
            header = promised_frames(data, frame)
            promised = header or 0
            if header is not None:
                expected = frame.start + frame.size
                continue
        expected = frame.start + frame.size
        count += 1
        samples += frame.samples
        size += frame.size
    return Sound(count, samples, size, sample_rate, channels, promised, lost)
