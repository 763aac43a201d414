"""How questions are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plan import plan
from search.query import MAX_CHARS, MAX_WORDS, parse

HOSTILE = [
    '"',
    '""',
    "'",
    '"""',
    '-"',
    "-",
    "--",
    "- -",
    "*",
    "^",
    "a*",
    "^draagvlak",
    "AND",
    "OR",
    "NOT",
    "AND OR NOT NEAR(",
    "NEAR(a b, 2)",
    "title:draagvlak",
    "{title}: x",
    "draagvlak) OR (1=1",
    "'; DROP TABLE documents; --",
    "\x00",
    "a\x00b",
    "draagvlak\x00",
    "😀",
    "😀 draagvlak 👩‍👩‍👧",
    "\ud800",
    "\ud800draagvlak\udfff",
    "C++",
    "%",
    "%%%s",
    "\\",
    "a\\",
    "\u202edraagvlak",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "draagvlak " * 1000,
    "x" * 10_000,
    '"' * 10_000,
    "-a " * 3_000,
    "ﷺ" * 500,
    "e\u0301" * 3_000,
    "=a +b #c",
    "\r\n\t",
    "de het een",
]


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("draagvlak", ("draagvlak",), (), ()),
        ("  meer   draagvlak ", ("meer", "draagvlak"), (), ()),
        ('"draagvlak voor migratie"', ("draagvlak", "voor", "migratie"), (3,), ()),
        ("“public support” wins", ("public", "support", "wins"), (2,), ()),
        ("framing -media", ("framing",), (), (("media",),)),
        ('framing -"social media"', ("framing",), (), (("social", "media"),)),
        ("anti-immigratie", ("anti-immigratie",), (), ()),
        ('een "open vraag', ("een", "open", "vraag"), (), ()),
        ("- los streepje", ("los", "streepje"), (), ()),
        ("-alleen", (), (), (("alleen",),)),
        ("", (), (), ()),
    ],
)
def test_reading(text: str, words: tuple, phrases: tuple, excluded: tuple) -> None:
    query = parse(text)
    assert query.words == words
    assert tuple(len(phrase) for phrase in query.phrases) == phrases
    assert query.excluded == excluded
    assert not query.truncated


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_read(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_CHARS
    assert len(query.words) <= MAX_WORDS
    assert "\x00" not in query.text
    query.text.encode("utf-8")
    plan(query, "nl")


@pytest.mark.parametrize(
    ("text", "truncated"),
    [("a " * 10, False), ("a " * 40, True), ("x" * 500, True), (" " * 5000, True)],
)
def test_a_long_question_says_that_it_was_cut(text: str, truncated: bool) -> None:
    assert parse(text).truncated is truncated


@given(st.text(max_size=600))
def test_any_text_is_read(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_CHARS
    assert bool(query) == bool(query.words)


def test_words_of_a_phrase_are_not_loose() -> None:
    assert parse('framing "open brief"').loose == ("framing",)


class TestPlan:
    """From question to terms."""

    def test_each_language_has_its_own_reading(self) -> None:
        made = plan(parse("vluchtelingen refugees"))
        assert made.readings["nl"].terms.keys() != made.readings["en"].terms.keys()
        assert made.readings["xx"].terms.keys() == {"vluchtelingen", "refugees"}

    def test_stop_words_of_the_language_asked_in_count_in_no_reading(self) -> None:
        made = plan(parse("hoe kan ik het draagvlak meten"))
        assert "hoe" not in made.readings["en"].terms

    def test_a_word_that_is_a_stop_word_elsewhere_stays(self) -> None:
        assert "men" in plan(parse("young men"), "en").readings["en"].terms

    def test_only_stop_words_are_searched_as_they_are(self) -> None:
        made = plan(parse("wat is het"))
        assert made.readings["nl"].exact
        assert made.readings["nl"].terms.keys() == {"wat", "is", "het"}

    def test_neighbours_are_pairs(self) -> None:
        assert plan(parse("publieke steun")).readings["nl"].pairs

    def test_the_number_of_terms_is_bounded(self) -> None:
        made = plan(parse("-".join(f"{number:x}" for number in range(300))))
        assert all(len(reading.terms) <= MAX_WORDS for reading in made.readings.values())

    def test_nothing_to_look_for(self) -> None:
        assert not plan(parse("-alleen"))
        assert not plan(parse("?!"))
