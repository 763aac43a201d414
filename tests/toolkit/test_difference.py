"""The difference between two releases: exactly the edits that were made."""

from __future__ import annotations

import copy
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.toolkit.public import chapter, content, part
from toolkit.difference import compare, longest_rising
from toolkit.marking import Mark, marked, shown, words_of


def big(chapters: int = 10, parts: int = 20) -> dict[str, Any]:
    return content(
        *(chapter(f"c{c}", *(part(f"c{c}p{p}") for p in range(parts))) for c in range(chapters))
    )


def summary(old: dict[str, Any], new: dict[str, Any]) -> dict[str, set[str]]:
    found = compare(old, new)
    return {
        "added": {place.part["id"] for place in found.added},
        "removed": {place.part["id"] for place in found.removed},
        "moved": {move.new.part["id"] for move in found.moved},
        "changed": {change.new.part["id"] for change in found.changed},
    }


def change_text(item: dict[str, Any], random: Random) -> None:
    """Change one thing that a reader would see."""
    match random.randrange(6):
        case 0:
            item["title"] += " (herzien)"
        case 1:
            item["facts"][0]["value"] = "een uur"
        case 2:
            item["fields"][0]["html"] = "<p>Heel andere tekst.</p>"
        case 3:
            item["links"][0]["url"] = "https://example.org/nieuw"
        case 4:
            item["picture"]["alt"] = "Een brug"
        case _:
            item["fields"][1]["html"] = "<ol><li>Een</li><li><b>Twee</b></li></ol>"


EDITS = [("added",), ("removed",), ("moved",), ("changed",), ("moved", "changed")]


@pytest.mark.parametrize("seed", range(40))
def test_fifty_random_edits_are_exactly_what_is_found(seed: int) -> None:
    random = Random(seed)
    old = big()
    new = copy.deepcopy(old)
    made: dict[str, set[str]] = {name: set() for name in ("added", "removed", "moved", "changed")}
    keys = [item["id"] for each in old["chapters"] for item in each["parts"]]
    for number, key in enumerate(random.sample(keys, 50)):
        home = next(
            each for each in new["chapters"] if any(item["id"] == key for item in each["parts"])
        )
        place = next(n for n, item in enumerate(home["parts"]) if item["id"] == key)
        edits = random.choice(EDITS)
        if "added" in edits:
            key = f"new{number}"
            home["parts"].insert(place, part(key))
        if "removed" in edits:
            del home["parts"][place]
        if "changed" in edits:
            change_text(home["parts"][place], random)
        if "moved" in edits:
            other = random.choice([each for each in new["chapters"] if each is not home])
            item = home["parts"].pop(place)
            other["parts"].insert(random.randrange(len(other["parts"]) + 1), item)
        for name in edits:
            made[name].add(key)
    assert summary(old, new) == made
    back = summary(new, old)
    assert back == made | {"added": made["removed"], "removed": made["added"]}


def test_a_part_that_moves_within_its_chapter_is_the_only_one_that_moved() -> None:
    old = content(chapter("c", *(part(str(n)) for n in range(9))))
    new = copy.deepcopy(old)
    parts = new["chapters"][0]["parts"]
    parts.insert(2, parts.pop(7))
    assert summary(old, new)["moved"] == {"7"}
    assert compare(old, new).moved[0].new.chapter["id"] == "c"


def test_chapters_are_added_moved_renamed_and_removed_without_their_parts() -> None:
    old = content(*(chapter(f"c{n}", part(f"p{n}")) for n in range(4)))
    new = copy.deepcopy(old)
    new["chapters"].insert(0, new["chapters"].pop())
    new["chapters"][1]["title"] = "Anders"
    new["chapters"][2]["parts"] += new["chapters"].pop()["parts"]
    new["chapters"].append(chapter("c9"))
    assert summary(old, new) == {
        "added": {"c9"},
        "removed": {"c2"},
        "moved": {"c3", "p2"},
        "changed": {"c0"},
    }


def test_nothing_differs_between_a_release_and_itself() -> None:
    assert not compare(big(2, 2), big(2, 2))
    assert not compare(content(), {})


@pytest.mark.parametrize(
    ("values", "name", "label", "replaced"),
    [
        ({"title": "Nieuw"}, "title", "", False),
        ({"facts": []}, "fact:time", "Tijd", False),
        ({"citation": "Jansen (2020)."}, "citation", "", False),
        ({"links": []}, "links", "", False),
        ({"picture": {"sha256": "b" * 64, "alt": "Een muur"}}, "picture", "", True),
    ],
)
def test_each_field_is_named(values: dict[str, Any], name: str, label: str, replaced: bool) -> None:
    found = compare(content(chapter("c", part("p"))), content(chapter("c", part("p", **values))))
    (change,) = found.changed[0].fields
    assert (change.name, change.label, change.replaced) == (name, label, replaced)


def test_a_picture_that_goes_takes_its_description_along() -> None:
    found = compare(
        content(chapter("c", part("p"))), content(chapter("c", part("p", picture=None)))
    )
    assert [change.name for change in found.changed[0].fields] == ["picture", "description"]


# --- Marking ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "spans"),
    [
        ("een muur", "een muur", [("same", "een muur")]),
        ("een muur", "een brug", [("same", "een "), ("del", "muur"), ("ins", "brug")]),
        ("een oude muur", "een muur", [("same", "een "), ("del", "oude "), ("same", "muur")]),
        ("", "nieuw", [("ins", "nieuw")]),
        ("weg", "", [("del", "weg")]),
        ("de hoge muur", "de lage brug", [("same", "de "), ("del", "hoge muur"), ("ins", "lage brug")]),
        ("een\ntwee\n", "een\ndrie\n", [("same", "een\n"), ("del", "twee"), ("ins", "drie"), ("same", "\n")]),
    ],
)  # fmt: skip
def test_marking(old: str, new: str, spans: list[tuple[str, str]]) -> None:
    assert [(span.mark.value, span.text) for span in marked(old, new)] == spans


WORDS = st.lists(st.sampled_from(["de", "muur", "brug", ".", "\n", "é"]), max_size=30).map(" ".join)


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_marks_give_both_texts_back(old: str, new: str) -> None:
    spans = marked(old, new)
    assert "".join(span.text for span in spans if not span.is_added) == old
    assert "".join(span.text for span in spans if not span.is_removed) == new
    assert all(span.text for span in spans)
    assert all(a.mark != b.mark for a, b in pairwise(spans))


def test_a_very_long_change_is_shown_as_a_whole() -> None:
    old, new = ("".join(f"{letter}{n} " for n in range(3_000)) for letter in "ab")
    assert [span.mark for span in marked(old, new)] == [Mark.REMOVED, Mark.ADDED]


def test_what_stays_is_left_out_around_a_change() -> None:
    old = "woord " * 400 + "muur" + " woord" * 400
    spans = shown(marked(old, old.replace("muur", "brug")))
    assert [span.mark.value for span in spans] == ["gap", "same", "del", "ins", "same", "gap"]
    assert len("".join(span.text for span in spans)) < 300


def test_words_of_rich_text() -> None:
    html = (
        '<p>Een <b>muur</b>\n en <a href="https://example.org/">meer</a>.</p><ul><li>Twee</li></ul>'
    )
    assert words_of(html) == "Een muur en meer <https://example.org/>.\nTwee"


@given(st.lists(st.integers(), max_size=8, unique=True))
def test_the_longest_rising_row(numbers: list[int]) -> None:
    row = [numbers[place] for place in sorted(longest_rising(numbers))]
    assert row == sorted(row)
    best = max(
        (size for size in range(len(numbers) + 1)
         for some in combinations(numbers, size) if list(some) == sorted(some)),
        default=0,
    )  # fmt: skip
    assert len(row) == best
