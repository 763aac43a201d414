"""Dutch verbs that a stemmer cannot bring together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, term_of, terms
from search.verbs import IRREGULAR, SEPARABLE


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("nam", "nemen"), ("genomen", "nemen"), ("toegewezen", "toewijzen"), ("vangt", "vangen"),
        ("besloten", "besluiten"), ("verzonden", "verzenden"), ("ontstond", "ontstaan"),
        ("opgevangen", "opvangen"), ("betaalt", "betalen"), ("integreert", "integreren"),
        ("discrimineert", "discrimineren"), ("bestaat", "bestaan"), ("neemt", "nemen"),
        ("afwijst", "afwijzen"), ("leeft", "leven"), ("handelt", "handelen"), ("valt", "vallen"),
    ],
)  # fmt: skip
def test_forms_of_one_verb_are_one_term(form: str, infinitive: str) -> None:
    assert term_of(form, "nl") == term_of(infinitive, "nl")


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("wet", "weten"), ("staat", "staan"), ("reden", "rijden"),
        ("sport", "sporen"), ("week", "wijken"), ("maten", "meten"),
        ("verleden", "verlijden"), ("vroeg", "vragen"), ("afspraken", "afspreken"),
    ],
)  # fmt: skip
def test_other_words_stay_themselves(word: str, verb: str) -> None:
    assert term_of(word, "nl") != term_of(verb, "nl")


def test_english_is_left_alone() -> None:
    assert terms("nam vond", "en") == ["nam", "vond"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("om licenties toe te wijzen", ["licenties", "toewijzen"]),
        ("Wijs de licentie toe aan Ada.", ["wijzen", "licentie", "toewijzen", "Ada"]),
        ("Azc's vangen mensen op.", ["azc", "vangen", "mensen", "opvangen"]),
        ("Zij nam deel.", ["nemen", "deelnemen"]),
        ("Schakel het geluid in of uit", ["schakelen", "geluid", "inschakelen", "uitschakelen"]),
        ("Wij stellen vragen in de kamer", ["stellen", "vragen", "kamer"]),
        ("Wij stellen vragen. In!", ["stellen", "vragen"]),
        ("de opvang op straat", ["opvang", "straat"]),
        ("toe", []),
        ("aan te", []),
        ("toe te", []),
    ],
)
def test_what_comes_apart_is_found_together(text: str, expected: list[str]) -> None:
    assert terms(text, "nl") == [term_of(word, "nl") for word in expected]


def test_the_place_in_the_text_is_that_of_all_words() -> None:
    text = "Probeer toe te wijzen wat kan."
    [token] = [token for token in analyse(text, "nl") if token.term == term_of("toewijzen", "nl")]
    assert text[token.start : token.end] == "toe te wijzen"


WORDS = st.sampled_from(
    [*SEPARABLE, "te", "wijzen", "stelt", "vast", "het", ".", ",", "\n", "plan"]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_places_are_in_order_and_inside(text: str) -> None:
    found = analyse(text, "nl")
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_the_lists_hold_plain_words() -> None:
    assert len(IRREGULAR) > 3_000
    assert all(word.isalpha() and word.islower() for pair in IRREGULAR.items() for word in pair)
