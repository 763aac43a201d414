"""Other words for the words of a question."""

from __future__ import annotations

import pytest

from search.plan import Plan, plan
from search.query import parse
from search.thesaurus import MOST_SYNONYMS, Entry, Thesaurus


def nl(*words: str) -> list[Entry]:
    return [Entry("nl", word) for word in words]


def en(*words: str) -> list[Entry]:
    return [Entry("en", word) for word in words]


@pytest.fixture
def thesaurus() -> Thesaurus:
    thesaurus = Thesaurus()
    support = [*nl("draagvlak", "maatschappelijk draagvlak"), *en("public support")]
    thesaurus.add(support, support)
    thesaurus.add(nl("kabinet"), nl("regering"))
    return thesaurus


def asked(question: str, thesaurus: Thesaurus | None, language: str = "nl") -> Plan:
    return plan(parse(question), language, None, thesaurus)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("draagvlak", {"maatschappelijk draagvlak", "public support"}),
        ("Hoe groeit het draagvlak?", {"maatschappelijk draagvlak", "public support"}),
        ("maatschappelijk draagvlak", {"draagvlak", "public support"}),
        ("public support", {"draagvlak", "maatschappelijk draagvlak"}),
        ("public opinion", set()),
        ("kabinet", {"regering"}),
        ("kabinetten", {"regering"}),
        ("regering", set()),
        ('"draagvlak"', set()),
        ("-draagvlak kabinet", {"regering"}),
        ("wat is dat", set()),
    ],
)
def test_synonyms(thesaurus: Thesaurus, question: str, expected: set[str]) -> None:
    assert {synonym.text for synonym in asked(question, thesaurus).synonyms} == expected


def test_without_a_thesaurus_there_are_none() -> None:
    assert asked("draagvlak", None).synonyms == ()
    assert not Thesaurus()


def test_a_synonym_counts_less_than_the_word_itself(thesaurus: Thesaurus) -> None:
    readings = asked("draagvlak", thesaurus).readings
    assert [other.terms for other in readings["en"].instead] == [("public", "support")]
    assert all(other.weight < 1 for tag in ("nl", "en") for other in readings[tag].instead)


def test_there_is_an_end_to_synonyms() -> None:
    thesaurus = Thesaurus()
    many = nl(*(f"woord{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
    thesaurus.add([*nl("steun"), *many], many)
    assert len(asked("steun", thesaurus).synonyms) == MOST_SYNONYMS


def test_an_entry_of_stop_words_is_left_out() -> None:
    thesaurus = Thesaurus()
    thesaurus.add(nl("het", "de een"), nl("wat"))
    assert not thesaurus
