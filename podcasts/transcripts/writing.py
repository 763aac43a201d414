"""Giving out a transcript: WebVTT, SRT, JSON, HTML and plain text."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from podcasts import timecodes
from podcasts.cues import Cue

TURN = 60_000
"""Milliseconds after which somebody who goes on speaking begins a new paragraph."""

ENDS = (".", "!", "?", "…", "”", '"')


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says in a row: the paragraphs of a transcript for readers."""

    speaker: str
    cues: tuple[Cue, ...]

    @property
    def start(self) -> int:
        """When it begins, in milliseconds."""
        return self.cues[0].start

    @property
    def label(self) -> str:
        """When it begins, for readers: "12:34"."""
        return timecodes.short(self.start)

    @property
    def text(self) -> str:
        """All that is said in it."""
        return " ".join(cue.text for cue in self.cues)


def turns(cues: Iterable[Cue]) -> Iterator[Turn]:
    """Put cues together that one person says, in paragraphs of about a minute."""
    group: list[Cue] = []
    for cue in cues:
        if group and _ends_turn(group, cue):
            yield Turn(group[0].speaker, tuple(group))
            group = []
        group.append(cue)
    if group:
        yield Turn(group[0].speaker, tuple(group))


def _ends_turn(group: Sequence[Cue], following: Cue) -> bool:
    if following.speaker != group[0].speaker:
        return True
    long = group[-1].end - group[0].start >= TURN
    return long and group[-1].text.endswith(ENDS)


def as_vtt(cues: Iterable[Cue]) -> str:
    """Return WebVTT, with each speaker in a voice tag."""
    blocks = ["WEBVTT"]
    for cue in cues:
        words = html.escape(cue.text, quote=False)
        voice = f"<v {html.escape(cue.speaker, quote=False)}>" if cue.speaker else ""
        blocks.append(
            f"{timecodes.clock(cue.start)} --> {timecodes.clock(cue.end)}\n{voice}{words}"
        )
    return "\n\n".join(blocks) + "\n"


def as_srt(cues: Iterable[Cue]) -> str:
    """Return SubRip, with each speaker before a colon."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        start, end = timecodes.clock(cue.start, ","), timecodes.clock(cue.end, ",")
        blocks.append(f"{number}\n{start} --> {end}\n{_attributed(cue.speaker, cue.text)}")
    return "\n\n".join(blocks) + "\n"


def as_text(cues: Iterable[Cue]) -> str:
    """Return plain text: a paragraph for each turn."""
    paragraphs = (_attributed(turn.speaker, turn.text) for turn in turns(cues))
    return "\n\n".join(paragraphs) + "\n"


def as_html(cues: Iterable[Cue]) -> str:
    """Return HTML in the form of Podcasting 2.0: who, when, and what."""
    rows = []
    for turn in turns(cues):
        who = f"<cite>{html.escape(turn.speaker)}:</cite>\n" if turn.speaker else ""
        rows.append(f"{who}<time>{turn.label}</time>\n<p>{html.escape(turn.text)}</p>\n")
    return "".join(rows)


def as_json(cues: Iterable[Cue]) -> str:
    """Return the JSON form of Podcasting 2.0."""
    segments = [
        {
            **({"speaker": cue.speaker} if cue.speaker else {}),
            "startTime": cue.start / 1000,
            "endTime": cue.end / 1000,
            "body": cue.text,
        }
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False)


def _attributed(speaker: str, text: str) -> str:
    return f"{speaker}: {text}" if speaker else text


@dataclass(frozen=True, slots=True)
class Form:
    """One form a transcript is given out in."""

    content_type: str
    write: Callable[[Iterable[Cue]], str]


FORMS: Mapping[str, Form] = {
    "vtt": Form("text/vtt", as_vtt),
    "srt": Form("application/x-subrip", as_srt),
    "json": Form("application/json", as_json),
    "html": Form("text/html", as_html),
    "txt": Form("text/plain", as_text),
}
"""By extension; the media types are those of podcast:transcript."""
