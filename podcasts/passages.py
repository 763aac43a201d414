"""What is said in an episode, as places that search can point at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.contracts import SearchPassage
from podcasts import timecodes
from podcasts.cues import Cue

ENOUGH = 30_000
"""Milliseconds after which a passage ends at the next end of a sentence or change of speaker."""

MOST = 60_000
"""Milliseconds after which it ends anyway."""

ENDS = (".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"')


def passages_of(cues: Sequence[Cue], url: str, language: str) -> Iterator[SearchPassage]:
    """Yield the words of an episode that stands at `url`, each passage with its minute."""
    for group in grouped(cues):
        start = group[0].start
        seconds = start // 1000
        yield SearchPassage(
            locator=f"t={start}",
            label=timecodes.short(start),
            text=said(group),
            language=language,
            url=f"{url}#t={seconds}",
        )


def grouped(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Put cues together until they are long enough and a sentence ends."""
    group: list[Cue] = []
    for cue in cues:
        if not cue.text.strip():
            continue
        if group and _is_full(group, cue):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _is_full(group: Sequence[Cue], following: Cue) -> bool:
    """Say whether a passage ends before the cue that follows."""
    first, last = group[0], group[-1]
    if following.start <= first.start:
        return False  # two people at once; a place is only once in a document
    if following.end - first.start > MOST:
        return True
    at_an_end = last.text.rstrip().endswith(ENDS) or last.speaker != following.speaker
    return last.end - first.start >= ENOUGH and at_an_end


def said(group: Sequence[Cue]) -> str:
    """Return the words of a passage; a name stands before somebody else begins."""
    pieces: list[str] = []
    speaker = ""
    for cue in group:
        if cue.speaker and cue.speaker != speaker:
            pieces.append(
                f"\n{cue.speaker}: {cue.text}" if pieces else f"{cue.speaker}: {cue.text}"
            )
        else:
            pieces.append(cue.text)
        speaker = cue.speaker or speaker
    return " ".join(pieces).replace(" \n", "\n")
