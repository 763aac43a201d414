"""The files under an episode: its transcript in each format, and its chapters."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from podcasts import captions
from podcasts.cues import Cue

CHAPTERS = "chapters.json"
CHAPTERS_TYPE = "application/json+chapters"


@dataclass(frozen=True, slots=True)
class TranscriptFormat:
    """A format: its name for readers, media type, and whether each line has its time.

    `in_feed` says whether apps are told of it.
    """

    label: str
    type: str
    timed: bool
    in_feed: bool
    write: Callable[[Any, tuple[Cue, ...]], str]


def _html(episode: Any, cues: tuple[Cue, ...]) -> str:
    spoken = episode.spoken
    return captions.as_html(
        cues,
        title=episode.title,
        language=spoken.language or episode.language,
        canonical=f"{settings.BASE_URL}{episode.url}transcript/",
    )


TRANSCRIPTS = {
    "transcript.vtt": TranscriptFormat(
        "WebVTT", "text/vtt", True, True, lambda episode, cues: captions.as_vtt(cues)
    ),
    "transcript.srt": TranscriptFormat(
        "SRT", "application/x-subrip", True, True, lambda episode, cues: captions.as_srt(cues)
    ),
    "transcript.html": TranscriptFormat("HTML", "text/html", False, True, _html),
    "transcript.txt": TranscriptFormat(
        "TXT", "text/plain", False, False, lambda episode, cues: captions.as_text(cues)
    ),
}
"""By the last part of their address."""


def chapters_json(episode: Any) -> str:
    """Return the chapters as JSON chapters 1.2 (Podcasting 2.0)."""
    rows = [
        {
            "startTime": chapter.start / 1000,
            "title": chapter.title,
            **({"url": chapter.url} if chapter.url else {}),
            **({"img": _picture(chapter.image)} if chapter.image else {}),
        }
        for chapter in episode.chapters.select_related("image")
    ]
    values = {"version": "1.2.0", "title": episode.title, "chapters": rows}
    return json.dumps(values, ensure_ascii=False)


def _picture(image: Any) -> str:
    return str(settings.BASE_URL + image.get_rendition("max-1400x1400|format-jpeg").url)
