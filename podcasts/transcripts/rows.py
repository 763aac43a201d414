"""The rows of the table in which a transcript is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from podcasts import timecodes
from podcasts.cues import Cue
from podcasts.transcripts.editing import divided, find, in_order, key_of, merged, without
from podcasts.transcripts.text import NAME_CHARACTERS, line_of


@dataclass(slots=True)
class Row:
    """One cue as it stands in the table: what was typed, and what is wrong with it.

    `key` names the cue this row was made from; by it the row finds its cue back when
    somebody else changed the transcript meanwhile.
    """

    index: int
    key: str
    start: str
    end: str
    speaker: str
    text: str
    errors: list[str] = field(default_factory=list)

    def cue(self) -> Cue | None:
        """Return the cue that was typed; None when it cannot be read, and `errors` says why."""
        try:
            start, end = timecodes.parse(self.start), timecodes.parse(self.end)
        except timecodes.TimecodeError:
            self.errors.append(_("Write the times as 12:34 or 1:02:03.500."))
            return None
        if end < start:
            self.errors.append(_("It ends before it begins."))
            return None
        return Cue(start, end, line_of(self.text), line_of(self.speaker, NAME_CHARACTERS))


def rows_of(cues: Sequence[Cue], first: int, count: int) -> list[Row]:
    """Return the rows of one page of the table."""
    return [
        Row(
            index,
            key_of(cue),
            timecodes.exact(cue.start),
            timecodes.exact(cue.end),
            cue.speaker,
            cue.text,
        )
        for index, cue in enumerate(cues[first : first + count], start=first)
    ]


def posted_rows(data: Mapping[str, str]) -> list[Row]:
    """Return what was typed, row by row."""
    numbers = sorted(
        int(name[4:]) for name in data if name.startswith("key-") and name[4:].isdecimal()
    )
    return [
        Row(
            number,
            data[f"key-{number}"],
            data.get(f"start-{number}", ""),
            data.get(f"end-{number}", ""),
            data.get(f"speaker-{number}", ""),
            data.get(f"text-{number}", ""),
        )
        for number in numbers
    ]


@dataclass(frozen=True, slots=True)
class Act:
    """What is done besides saving: to which row, and behind which character."""

    name: str = ""
    index: int = -1
    at: int = 0


def act_of(data: Mapping[str, str]) -> Act:
    """Read the button that was pressed: `merge-12`, `split-12`, `remove-12`, `add-12`."""
    name, _dash, number = data.get("act", "").partition("-")
    at = data.get("at", "")
    if not number.isdecimal():
        return Act()
    return Act(name, int(number), int(at) if at.isdecimal() else 0)


def apply(rows: Sequence[Row], act: Act, cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the cues with all that was typed, and with the act done.

    A row that cannot be read, or whose cue somebody else changed, gets an error and
    changes nothing.
    """
    changed = list(cues)
    target = None
    for row in rows:
        place = find(cues, row.index, row.key)
        if row.index == act.index:
            target = place
        cue = row.cue()
        if cue is None:
            continue
        if place is None:
            if cue not in cues:
                row.errors.append(
                    _("Somebody changed this in the meantime. This is what you typed; copy it.")
                )
            continue
        changed[place] = cue
    if any(row.errors for row in rows):
        target = None
    done = _acted(changed, act, target)
    return in_order([cue for cue in done if cue.text])


def _acted(cues: Sequence[Cue], act: Act, place: int | None) -> tuple[Cue, ...]:
    if place is None:
        return tuple(cues)
    if act.name == "merge":
        return merged(cues, place)
    if act.name == "split":
        return divided(cues, place, act.at)
    if act.name == "remove":
        return without(cues, place)
    if act.name == "add":
        return _with_new(cues, place)
    return tuple(cues)


def _with_new(cues: Sequence[Cue], place: int) -> tuple[Cue, ...]:
    """Put a cue behind another, in the time until the next one, with words to write over."""
    before = cues[place]
    end = cues[place + 1].start if place + 1 < len(cues) else before.end + 2_000
    new = Cue(before.end, max(end, before.end), "…", before.speaker)
    return (*cues[: place + 1], new, *cues[place + 1 :])
