"""Reading WebVTT and SRT, also when they are not quite as the standards ask."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from podcasts.cues import Cue
from podcasts.transcripts.speakers import with_speakers
from podcasts.transcripts.text import MOST_CUES, NAME_CHARACTERS, TranscriptError, line_of

_MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMING = re.compile(rf"^\s*{_MOMENT}\s*-+>\s*{_MOMENT}(?:\s.*)?$")
ARROW = re.compile(r"-->")
SKIPPED = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,200}>|\{\\[^{}]{0,80}\}")


@dataclass(slots=True)
class _Block:
    """A cue while it is read."""

    line: int
    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def read_timed(text: str) -> list[Cue]:
    """Return the cues of a VTT or SRT file, in the order of their start.

    Raises TranscriptError with a sentence that names the line.
    """
    cues: list[Cue] = []
    for block in _blocks(text.split("\n")):
        cues.extend(_cues(block))
        if len(cues) > MOST_CUES:
            raise TranscriptError(
                _("The file holds more than %(count)d cues. Split it.") % {"count": MOST_CUES}
            )
    cues.sort(key=lambda cue: cue.start)
    return with_speakers(cues)


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    block: _Block | None = None
    skipping = False
    for number, line in enumerate(lines, start=1):
        if ARROW.search(line):
            if block:
                yield _without_number(block)
            block, skipping = _begin(line, number), False
        elif not line.strip():
            if block:
                yield block
            block, skipping = None, False
        elif block:
            block.lines.append(line)
        elif SKIPPED.match(line):
            skipping = True
        elif not skipping and not _may_stand_alone(line):
            raise TranscriptError(
                _("Line %(line)d stands outside a cue: “%(text)s”. A time belongs above it.")
                % {"line": number, "text": line.strip()[:60]}
            )
    if block:
        yield block


def _begin(line: str, number: int) -> _Block:
    match = TIMING.match(line)
    if not match:
        raise TranscriptError(
            _("Line %(line)d is no time: “%(text)s”. Write it as 00:01:02.500 --> 00:01:05.000.")
            % {"line": number, "text": line.strip()[:60]}
        )
    start, end = _moment(match.groups()[:4]), _moment(match.groups()[4:])
    if end < start:
        raise TranscriptError(
            _("Line %(line)d ends before it begins: “%(text)s”.")
            % {"line": number, "text": line.strip()[:60]}
        )
    return _Block(number, start, end)


def _moment(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def _without_number(block: _Block) -> _Block:
    """Drop the number of the next cue, when no empty line stands between the two."""
    if block.lines and block.lines[-1].strip().isdigit():
        block.lines.pop()
    return block


def _may_stand_alone(line: str) -> bool:
    """Say whether a line between cues means nothing: a number, a name of a cue, a heading."""
    text = line.strip()
    known = text.startswith(("WEBVTT", "X-TIMESTAMP-MAP", "Kind:", "Language:"))
    return known or text.isdigit() or len(text.split()) == 1


def _cues(block: _Block) -> Iterator[Cue]:
    """Yield the cue of a block, or one for each voice in it."""
    pieces = VOICE.split("\n".join(block.lines))
    # Before the first voice stand words of nobody; then name and words take turns.
    turns = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for name, words in turns:
        said = line_of(html.unescape(TAG.sub("", words)))
        if said:
            speaker = line_of(html.unescape(name), NAME_CHARACTERS)
            yield Cue(block.start, block.end, said, speaker)
