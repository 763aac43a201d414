"""How often files were downloaded on each of the last days, drawn for editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.download_counts import per_day, totals

DAYS = 30
HEIGHT = 60
WIDTH = 10


@dataclass(frozen=True, slots=True)
class CountedFile:
    """A file that is counted: the name it is counted under, and what editors call it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of a chart; `left`, `top` and `height` in units of the drawing."""

    day: dt.date
    count: int
    left: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class FileChart:
    """The downloads of one file: in all, in the last days, and on each of those."""

    file: CountedFile
    total: int
    recent: int
    bars: list[DayBar]


def bars(counts: Mapping[dt.date, int], today: dt.date) -> list[DayBar]:
    """Draw the last days, oldest first; the tallest bar fills the height."""
    most = max(counts.values(), default=0)
    days = [today - dt.timedelta(ago) for ago in range(DAYS - 1, -1, -1)]
    drawn = []
    for place, day in enumerate(days):
        count = counts.get(day, 0)
        height = max(round(HEIGHT * count / most), 1) if count else 0
        drawn.append(DayBar(day, count, WIDTH * place, HEIGHT - height, height))
    return drawn


def charts(files: Sequence[CountedFile], today: dt.date) -> list[FileChart]:
    """Return a chart for each file."""
    keys = [file.key for file in files]
    daily = per_day(keys, today - dt.timedelta(DAYS - 1))
    in_all = totals(keys)
    return [
        FileChart(
            file,
            in_all.get(file.key, 0),
            sum(daily[file.key].values()),
            bars(daily[file.key], today),
        )
        for file in files
    ]
