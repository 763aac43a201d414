"""Moments in a recording: whole milliseconds inside, "1:02:03" for people."""

from __future__ import annotations

import re

_TYPED = re.compile(r"^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?$")


class TimecodeError(ValueError):
    """What was typed is no moment."""


def parse(text: str) -> int:
    """Read "75", "1:15", "1:02:03" or "1:02:03.250" as milliseconds.

    Raises TimecodeError. After a colon the number must be below 60, as people expect.
    """
    match = _TYPED.match(text.strip())
    if not match:
        raise TimecodeError(text)
    hours, minutes, seconds, fraction = match.groups()
    if (minutes and int(seconds) > 59) or (hours and int(minutes) > 59):
        raise TimecodeError(text)
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def short(milliseconds: int) -> str:
    """Return a moment for readers, in whole seconds: "0:05", "12:34", "1:02:03"."""
    hours, rest = divmod(milliseconds // 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def exact(milliseconds: int) -> str:
    """Return a moment so that `parse` gives it back: milliseconds only where there are any."""
    fraction = milliseconds % 1000
    return f"{short(milliseconds)}.{fraction:03}" if fraction else short(milliseconds)


def clock(milliseconds: int, separator: str = ".") -> str:
    """Return "01:02:03.250" as WebVTT has it; SRT wants a comma as separator."""
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, fraction = divmod(rest, 1000)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{fraction:03}"
