"""Reading plain text: with times where it has them, else with times that are estimated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from podcasts.cues import Cue
from podcasts.transcripts.speakers import with_speakers
from podcasts.transcripts.text import MOST_CUES, NAME_CHARACTERS, TranscriptError, line_of

TIME = re.compile(
    r"^[\[(]?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?[\])]?(?:\s+[-–]?\s*|$)"
)
LATE_TIME = re.compile(r"^(.{1,60}?)\s*[\[(](?:(\d{1,3}):)?(\d{1,3}):(\d{2})[\])]:?\s*(.*)$")
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
PIECE = 240
"""Characters after which a piece without times of its own ends at the next sentence."""

CHARACTERS_PER_SECOND = 15
"""How fast people speak, where the length of the recording is not known."""


def read_plain(text: str, duration: int) -> tuple[list[Cue], bool]:
    """Return cues, and whether their times are estimated from a length in milliseconds.

    Raises TranscriptError when there is nothing to read.
    """
    paragraphs = [line_of(part, 100_000) for part in text.split("\n") if part.strip()]
    if not paragraphs:
        raise TranscriptError(_("The file holds no words."))
    if TIME.match(paragraphs[0]) or LATE_TIME.match(paragraphs[0]):
        return _bounded(with_speakers(list(_timed(paragraphs, duration)))), False
    spoken = _attributed(paragraphs)
    return _bounded(list(_estimated(spoken, duration))), True


def _bounded(cues: list[Cue]) -> list[Cue]:
    if len(cues) > MOST_CUES:
        raise TranscriptError(
            _("The file holds more than %(count)d cues. Split it.") % {"count": MOST_CUES}
        )
    return [replace(cue, text=line_of(cue.text)) for cue in cues if cue.text]


def _timed(paragraphs: Sequence[str], duration: int) -> Iterator[Cue]:
    """Yield a cue for each time, that ends where the next begins."""
    starts: list[tuple[int, str, str]] = []
    for paragraph in paragraphs:
        start, name, words = _moment_in(paragraph)
        if start is None:
            last = starts.pop()
            starts.append((last[0], last[1], f"{last[2]} {words}".strip()))
        else:
            starts.append((max(start, starts[-1][0] if starts else 0), name, words))
    for (start, name, words), following in zip(starts, [*starts[1:], None], strict=True):
        after = following[0] if following else max(duration, start + _guess(words))
        yield Cue(start, max(after, start), words, name)


def _moment_in(paragraph: str) -> tuple[int | None, str, str]:
    match = TIME.match(paragraph)
    if match:
        hours, minutes, seconds, _fraction = match.groups()
        return _milliseconds(hours, minutes, seconds), "", paragraph[match.end() :]
    late = LATE_TIME.match(paragraph)
    if late:
        name, hours, minutes, seconds, words = late.groups()
        return _milliseconds(hours, minutes, seconds), line_of(name, NAME_CHARACTERS), words
    return None, "", paragraph


def _milliseconds(hours: str | None, minutes: str, seconds: str) -> int:
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000


def _guess(words: str) -> int:
    return len(words) * 1000 // CHARACTERS_PER_SECOND


def _attributed(paragraphs: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of name and words; a paragraph without a name goes on with the last one."""
    named = with_speakers([Cue(0, 0, paragraph) for paragraph in paragraphs])
    uses_names = any(cue.speaker for cue in named)
    spoken, last = [], ""
    for cue in named:
        last = cue.speaker or last
        spoken.append((last if uses_names else "", cue.text))
    return spoken


def _estimated(spoken: Sequence[tuple[str, str]], duration: int) -> Iterator[Cue]:
    """Spread the words over the recording by their length."""
    pieces = [(name, piece) for name, words in spoken for piece in _pieces(words)]
    total = sum(len(piece) for _name, piece in pieces)
    length = duration or _guess("x" * total)
    done = 0
    for name, piece in pieces:
        start = length * done // total
        done += len(piece)
        yield Cue(start, length * done // total, piece, name)


def _pieces(words: str) -> Iterator[str]:
    """Cut a paragraph at ends of sentences into pieces of some length."""
    piece = ""
    for sentence in SENTENCE.split(words):
        if piece and len(piece) + len(sentence) > PIECE:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece
