"""Reading a transcript in whatever form it comes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from podcasts.cues import Cue
from podcasts.transcripts.plain import read_plain
from podcasts.transcripts.text import (
    MOST_CUES,
    NAME_CHARACTERS,
    TranscriptError,
    decoded,
    line_of,
)
from podcasts.transcripts.timed import read_timed

LATEST = 200 * 3_600_000
"""Milliseconds: no recording is longer, so no moment is later."""

_TIMED = re.compile(r"^\s*[\d:.,]+\s*-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadTranscript:
    """What a file holds. `estimated`: it has no times, so they were made from its length."""

    cues: tuple[Cue, ...]
    estimated: bool = False


def read_transcript(data: bytes, duration: int = 0) -> ReadTranscript:
    """Read VTT, SRT, JSON (Podcasting 2.0) or plain text; the bytes say which.

    `duration` is the length of the recording in milliseconds, 0 when not known.
    Raises TranscriptError with one sentence.
    """
    text = decoded(data)
    if text.startswith("WEBVTT") or _TIMED.search(text):
        cues, estimated = read_timed(text), False
    elif text.lstrip().startswith(("{", "[")) and '"startTime"' in text:
        cues, estimated = _read_json(text), False
    else:
        cues, estimated = read_plain(text, duration)
    if not cues:
        raise TranscriptError(_("The file holds no words."))
    late = next((cue for cue in cues if cue.end > LATEST), None)
    if late:
        raise TranscriptError(
            _("“%(text)s” begins after 200 hours. Check the times.") % {"text": late.text[:60]}
        )
    return ReadTranscript(tuple(cues), estimated)


def _read_json(text: str) -> list[Cue]:
    """Read the JSON form of Podcasting 2.0."""
    try:
        said = json.loads(text)
        segments = said["segments"] if isinstance(said, dict) else said
        cues = [_segment(segment) for segment in segments[: MOST_CUES + 1]]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise TranscriptError(
            _("This JSON is no transcript: it needs “segments” with “startTime” and “body”.")
        ) from error
    if len(cues) > MOST_CUES:
        raise TranscriptError(
            _("The file holds more than %(count)d cues. Split it.") % {"count": MOST_CUES}
        )
    return sorted((cue for cue in cues if cue.text), key=lambda cue: cue.start)


def _segment(segment: Any) -> Cue:
    start = max(round(float(segment["startTime"]) * 1000), 0)
    end = max(round(float(segment.get("endTime") or 0) * 1000), start)
    speaker = line_of(str(segment.get("speaker") or ""), NAME_CHARACTERS)
    return Cue(start, end, line_of(str(segment["body"])), speaker)
