"""What a change does to the first results of a question. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

TOP = 10


class Move(StrEnum):
    """What became of a result."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Item:
    """One result. `work` tells it from others; `promoted` says editors put it there."""

    work: str
    title: str
    url: str
    language: str
    promoted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A result at its place in a list, and what the change does to it. `steps` up or down."""

    item: Item
    move: Move
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first results of a question before and after, and how many there are in all."""

    question: str
    language: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    total_before: int
    total_after: int

    @property
    def changes(self) -> bool:
        """Whether anything differs, in the lists or in the number of results."""
        same = [line.item for line in self.before] == [line.item for line in self.after]
        return not same or self.total_before != self.total_after


def compare(
    question: str,
    language: str,
    before: tuple[Sequence[Item], int],
    after: tuple[Sequence[Item], int],
) -> Comparison:
    """Compare two lists, each given with the number of all results."""
    first, last = before[0][:TOP], after[0][:TOP]
    was = {item.work: place for place, item in enumerate(first)}
    kept = {item.work for item in last}
    gone = tuple(Line(item, Move.SAME if item.work in kept else Move.GONE) for item in first)
    now = tuple(_line(item, place, was.get(item.work)) for place, item in enumerate(last))
    return Comparison(question, language, gone, now, before[1], after[1])


def _line(item: Item, place: int, was: int | None) -> Line:
    if was is None:
        return Line(item, Move.NEW)
    steps = was - place
    move = Move.UP if steps > 0 else Move.DOWN if steps < 0 else Move.SAME
    return Line(item, move, abs(steps))
