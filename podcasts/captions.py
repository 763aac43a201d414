"""What is said in an episode, written as WebVTT, SRT, text and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from podcasts import timecodes
from podcasts.cues import Cue

_LINES = re.compile(r"\s*[\r\n]\s*")
_ARROW = "-->"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until somebody else begins. `speaker` is "" when unknown."""

    speaker: str
    cues: tuple[Cue, ...]

    @property
    def text(self) -> str:
        """The words as one paragraph."""
        return " ".join(filter(None, (_one_line(cue.text) for cue in self.cues)))


def turns(cues: Sequence[Cue]) -> Iterator[Turn]:
    """Put cues together as long as the same person speaks."""
    group: list[Cue] = []
    for cue in cues:
        if group and cue.speaker != group[-1].speaker:
            yield Turn(group[0].speaker, tuple(group))
            group = []
        group.append(cue)
    if group:
        yield Turn(group[0].speaker, tuple(group))


def as_vtt(cues: Sequence[Cue]) -> str:
    """Return WebVTT (W3C); speakers stand in voice tags."""
    return "\n".join(["WEBVTT\n", *(f"{_vtt_times(cue)}\n{_vtt_words(cue)}\n" for cue in cues)])


def _vtt_times(cue: Cue) -> str:
    return f"{timecodes.clock(cue.start)} {_ARROW} {timecodes.clock(cue.end)}"


def _vtt_words(cue: Cue) -> str:
    words = escape(_lines(cue.text), quote=False)
    return f"<v {escape(_one_line(cue.speaker), quote=False)}>{words}</v>" if cue.speaker else words


def as_srt(cues: Sequence[Cue]) -> str:
    """Return SubRip; a name stands before the words of each speaker."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        times = f"{timecodes.clock(cue.start, ',')} {_ARROW} {timecodes.clock(cue.end, ',')}"
        # SRT knows no escapes: an arrow would read as the times of a next cue.
        words = _lines(f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text)
        blocks.append(f"{number}\n{times}\n{words.replace(_ARROW, '->')}\n")
    return "\n".join(blocks)


def as_text(cues: Sequence[Cue]) -> str:
    """Return plain text, a paragraph for each turn."""
    said = (f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text for turn in turns(cues))
    return "\n\n".join(said) + "\n"


def as_html(cues: Sequence[Cue], *, title: str, language: str, canonical: str) -> str:
    """Return a page with cite, time and p, as podcast apps read it (Podcasting 2.0)."""
    rows = "\n".join(map(_html_turn, turns(cues)))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><link rel="canonical" href="{escape(canonical)}"></head>\n'
        f"<body>\n{rows}\n</body>\n</html>\n"
    )


def _html_turn(turn: Turn) -> str:
    who = f"<cite>{escape(turn.speaker)}:</cite>\n" if turn.speaker else ""
    when = timecodes.short(turn.cues[0].start)
    return f"{who}<time>{when}</time>\n<p>{escape(turn.text)}</p>"


def _lines(text: str) -> str:
    """Return text without empty lines: those end a cue."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _one_line(text: str) -> str:
    return _LINES.sub(" ", text).strip()
