"""What a change does to a list, as a truth table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.desk.comparison import TOP, Comparison, Item, Move, compare


def items(works: str, promoted: str = "") -> list[Item]:
    return [Item(work, work.upper(), f"/{work}/", "nl", work in promoted) for work in works]


def compared(before: str, after: str) -> Comparison:
    return compare("q", "nl", (items(before), len(before)), (items(after), len(after)))


@pytest.mark.parametrize(
    ("before", "after", "gone", "moves"),
    [
        ("", "", [], []),
        ("ab", "ab", ["same", "same"], ["same", "same"]),
        ("", "a", [], ["new"]),
        ("a", "", ["gone"], []),
        ("ab", "ba", ["same", "same"], ["up 1", "down 1"]),
        ("abc", "dab", ["same", "same", "gone"], ["new", "down 1", "down 1"]),
        ("abcd", "dabc", ["same"] * 4, ["up 3", "down 1", "down 1", "down 1"]),
    ],
)
def test_moves(before: str, after: str, gone: list[str], moves: list[str]) -> None:
    found = compared(before, after)
    assert [line.move for line in found.before] == gone
    assert [f"{line.move} {line.steps}".removesuffix(" 0") for line in found.after] == moves
    assert found.changes is (before != after)


def test_only_the_first_ten_are_compared() -> None:
    found = compared("abcdefghijk", "kabcdefghij")
    assert len(found.before) == len(found.after) == TOP
    assert (found.after[0].move, found.before[-1].move) == (Move.NEW, Move.GONE)


def test_a_page_that_becomes_promoted_or_a_longer_list_is_a_change() -> None:
    assert compare("q", "nl", (items("a"), 1), (items("a", "a"), 1)).changes
    assert compare("q", "nl", (items("a"), 1), (items("a"), 2)).changes


@given(st.text("abcdefghijkl", max_size=14), st.text("abcdefghijkl", max_size=14))
def test_every_result_is_shown_once_on_its_side(one: str, other: str) -> None:
    before, after = ("".join(dict.fromkeys(text)) for text in (one, other))
    found = compared(before, after)
    assert [line.item.work for line in found.before] == list(before[:TOP])
    assert [line.item.work for line in found.after] == list(after[:TOP])
    new = {line.item.work for line in found.after if line.move is Move.NEW}
    assert new == set(after[:TOP]) - set(before[:TOP])
