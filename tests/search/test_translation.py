"""The words of a question in the other language, where no editor gave them."""

from __future__ import annotations

from collections import Counter

import pytest

from search.analysis import LANGUAGES, terms
from search.lexicon import FILE, lexicon
from search.plan import PARTS, SIDE_BY_SIDE, Plan, plan
from search.query import parse
from search.thesaurus import Entry, Thesaurus
from search.translation import MOST, PER_WORD
from search.vocabulary import NoWords

TEXTS = {
    "nl": "wet gemeente gemeenten opvang rechter rechters draagvlak polarisatie media keuze partij"
    " analyse",
    "en": "law act municipality reception judge judges public support polarisation media choice"
    " polarisation party party sentiment analysis debate debates police",
}


class Words(NoWords):
    """A library that holds the words above."""

    def __init__(self) -> None:
        self.counts = {tag: Counter(terms(text, tag)) for tag, text in TEXTS.items()}

    def frequency(self, term: str, language: str) -> int:
        return self.counts.get(language, Counter())[term]


def asked(question: str, thesaurus: Thesaurus | None = None, language: str = "nl") -> Plan:
    given = Thesaurus() if thesaurus is None else thesaurus
    return plan(parse(question), language, Words(), given)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("wet gemeenten", {"law", "act", "municipality"}),
        ("law municipalities", {"wet", "gemeente"}),
        ("Wat doet de rechter?", {"judge"}),
        ("polarisatie", {"polarisation"}),
        ("Polarisation", {"polarisatie"}),
        ("mediakeuze", {"media choice"}),
        ("sentimentanalyse", {"sentiment analysis"}),
        ("debatten", {"debate"}),
        ("voedselbank", set()),
        ("zeppelin", set()),
        ("media", set()),
        ('"wet"', set()),
        ("-wet rechter", {"judge"}),
        ("wat is dat", set()),
    ],
)
def test_translations(question: str, expected: set[str]) -> None:
    assert {synonym.text for synonym in asked(question).synonyms} == expected


def test_what_an_editor_gave_is_enough() -> None:
    thesaurus = Thesaurus()
    both = [Entry("nl", "wet"), Entry("en", "statute")]
    thesaurus.add(both, both)
    assert {synonym.text for synonym in asked("wet rechter", thesaurus).synonyms} == {
        "statute", "judge",
    }  # fmt: skip


def test_nothing_is_translated_when_the_reader_wants_none() -> None:
    assert plan(parse("wet"), "nl", Words(), None).synonyms == ()


def test_a_translation_tells_the_word_it_stands_for() -> None:
    [judge] = asked("Rechters").synonyms
    assert (judge.typed, judge.language, judge.asked_in) == ("rechters", "en", "nl")


def test_a_text_that_holds_translations_of_all_words_holds_all() -> None:
    reading = asked("wet rechters").readings["en"]
    held = {term for other in reading.instead for term in other.holds}
    assert held == set(reading.terms)


def test_parts_may_stand_apart_for_less() -> None:
    together, apart = asked("mediakeuze").readings["en"].instead
    assert (together.together, apart.together) == (True, False)
    assert apart.weight == pytest.approx(together.weight * PARTS / SIDE_BY_SIDE)


def test_there_is_an_end_to_translations() -> None:
    many = " ".join(["wet gemeente opvang rechter partij polarisatie mediakeuze"] * 3)
    found = asked(many).synonyms
    assert 0 < len(found) <= MOST
    assert max(Counter(synonym.typed for synonym in found).values()) <= PER_WORD


class TestList:
    """The list that comes with the hub."""

    def test_each_line_has_two_sides(self) -> None:
        lines = FILE.read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if line and not line.startswith("#")]
        assert len(rows) == len(set(rows)) > 700
        for row in rows:
            dutch, _, english = row.partition(" = ")
            assert all(terms(word, "nl") for word in dutch.split(",")), row
            assert all(terms(word, "en") for word in english.split(",")), row

    def test_it_only_translates(self) -> None:
        for tag in LANGUAGES:
            word = {"nl": "besluit", "en": "decision"}[tag]
            [row] = lexicon().of_terms(terms(word, tag), tag)
            assert {synonym.language for synonym in row} == set(LANGUAGES) - {tag}
