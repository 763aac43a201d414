"""Splitting Dutch compounds with the words of a library."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import term_of
from search.compounds import EXCEPTIONS, Splitter, bound_terms, part_terms, spans_in

WORDS = Counter(
    {
        "draagvlak": 9, "versterking": 4, "onderzoek": 20, "migratie": 30, "beleid": 25,
        "vluchtelingen": 12, "opvang": 15, "verblijf": 3, "vergunning": 5, "arbeid": 8,
        "migranten": 9, "moslim": 4, "haat": 2, "draag": 1, "vlak": 2, "akte": 2, "verbod": 3,
    }
)  # fmt: skip
TERMS = Counter({term_of(word, "nl"): count for word, count in WORDS.items()})


@pytest.fixture
def splitter() -> Splitter:
    return Splitter(TERMS.__getitem__)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("migratiebeleid", ["migratie", "beleid"]),
        ("vluchtelingenopvang", ["vluchtelingen", "opvang"]),
        ("verblijfsvergunning", ["verblijf", "vergunning"]),
        ("arbeidsmigranten", ["arbeid", "migranten"]),
        ("moslimhaat", ["moslim", "haat"]),
        ("draagvlakonderzoek", ["draagvlak", "onderzoek"]),
        ("opvanglocaties", ["opvang", "locaties"]),
        ("draagvlak", []),
        ("uitmaakten", []),
        ("overbodige", []),
        ("beleid", []),
        ("samenleving", []),
        ("migratie2024", []),
        ("", []),
    ],
)
def test_parts(splitter: Splitter, word: str, parts: list[str]) -> None:
    expected = [term_of(part, "nl") for part in parts]
    assert [part.term for part in splitter.split(word)] == expected


def test_neighbouring_parts_that_form_a_word_count_too(splitter: Splitter) -> None:
    richer = Splitter((TERMS + Counter({"draag": 90, "vlak": 90})).__getitem__)
    found = {part.text for part in richer.parts("draagvlakversterking")}
    assert found == {"draag", "vlak", "draagvlak", "versterking"}


def test_exceptions_hold_what_their_word_holds() -> None:
    for word, parts in EXCEPTIONS.items():
        assert "".join(parts) in ("", word)


def test_a_piece_that_only_lives_in_compounds_is_learned() -> None:
    words = [f"bruto{other}" for other in ("beleid", "verbod", "migratie", "moslim", "draagvlak")]
    assert "bruto" in bound_terms(words, TERMS.__getitem__)
    assert "bruto" not in bound_terms(words[:2], TERMS.__getitem__)


def test_terms_are_given_once(splitter: Splitter) -> None:
    terms = part_terms(["migratiebeleid", "opvangbeleid"], splitter)
    assert sorted(terms) == sorted({term_of(w, "nl") for w in ("migratie", "beleid", "opvang")})


def test_the_place_of_a_part_in_the_written_word(splitter: Splitter) -> None:
    wanted = frozenset({term_of("beleid", "nl")})
    assert [span[:2] for span in spans_in("Migratiebeleid", splitter, wanted)] == [(8, 14)]
    odd = "Migratie\u00adbeleid"
    assert [span[:2] for span in spans_in(odd, splitter, wanted)] == [(0, len(odd))]


@given(st.text(alphabet="migratebld\u00e9-1", max_size=60))
def test_parts_stand_in_the_word(word: str) -> None:
    for part in Splitter(lambda term: len(term)).parts(word):
        assert word[part.start : part.end] == part.text
        assert part.term
