"""Which promotions a question calls for, as a truth table."""

from __future__ import annotations

import datetime as dt

import pytest

from search.analysis import term_of, terms
from search.compounds import Splitter
from search.promoting import MOST_SHOWN, Promoted, called, runs_on, with_parts
from search.query import parse
from search.thesaurus import Entry, Thesaurus

DAY = dt.date(2026, 11, 22)
WORDS = {
    term_of(word, "nl"): 20 for word in ("migratie", "beleid", "draagvlak", "versterking", "steun")
}
SPLITTER = Splitter(lambda term: WORDS.get(term, 0))


def promoted(*lines: str, language: str = "nl", work: str = "w", **values: dt.date) -> Promoted:
    keys = {(language, tuple(terms(line, language))) for line in lines}
    return Promoted(1, 1, work, "", with_parts(keys, lines, SPLITTER), **values)


def ask(question: str, *known: Promoted, thesaurus: Thesaurus | None = None) -> list[str]:
    query = parse(question)
    asked = {tag: terms(" ".join(query.words), tag) for tag in ("nl", "en")}
    synonyms = thesaurus.synonyms(asked, "") if thesaurus else ()
    return [found.work for found in called(query, synonyms, SPLITTER, known, DAY)]


@pytest.mark.parametrize(
    ("word", "question", "shown"),
    [
        ("vluchteling", "vluchteling", True),
        ("vluchteling", "VLUCHTELINGEN", True),
        ("vluchtelingen", "vluchteling", True),
        ("coördinatie", "coordinatie", True),
        ("vluchteling", "hoe helpen wij vluchtelingen in de buurt", True),
        ("steun voor opvang", "steun voor de opvang", True),
        ("steun voor opvang", "opvang steun", False),
        ("steun voor opvang", "steun", False),
        ("draagvlak", "draagvlakversterking", True),
        ("draagvlakversterking", "draagvlak", False),
        ("migratiebeleid", "migratie beleid", True),
        ("migratie beleid", "migratiebeleid", True),
        ("migratiebeleid", "beleid", False),
        ("media", "framing -media", False),
        ("media", '"framing in de media"', True),
        ("media", "", False),
        ("media", "framing", False),
    ],
)
def test_the_word_and_its_variants(word: str, question: str, shown: bool) -> None:
    assert bool(ask(question, promoted(word))) is shown


def test_synonyms_call_too_in_both_languages() -> None:
    thesaurus = Thesaurus()
    entries = [Entry("nl", "draagvlak"), Entry("en", "public support")]
    thesaurus.add(entries, entries)
    dutch, english = promoted("draagvlak"), promoted("public support", language="en", work="e")
    assert ask("public support", dutch, thesaurus=thesaurus) == ["w"]
    assert ask("draagvlak", english, thesaurus=thesaurus) == ["e"]
    assert ask("public support", dutch) == []


def test_words_of_another_language_do_not_call() -> None:
    """A question that tells its language is read in that language only."""
    assert ask("wat is de taak van het kamp", promoted("kamp", language="en")) == []
    assert ask("wat is de taak van het kamp", promoted("kamp")) == ["w"]


def test_the_closest_come_first_and_a_list_stays_short() -> None:
    loose, close = promoted("steun", work="loose"), promoted("steun voor opvang", work="close")
    assert ask("steun voor opvang", loose, close) == ["close", "loose"]
    many = [promoted("steun", work=str(number)) for number in range(9)]
    assert ask("steun", *many) == ["0", "1", "2"]
    assert len(ask("steun", *many)) == MOST_SHOWN
    assert ask("steun", promoted("steun"), promoted("steun")) == ["w"]


@pytest.mark.parametrize(
    ("first", "last", "runs"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + dt.timedelta(1), None, False),
        (None, DAY - dt.timedelta(1), False),
        (DAY - dt.timedelta(1), DAY + dt.timedelta(1), True),
    ],
)
def test_the_period(first: dt.date | None, last: dt.date | None, runs: bool) -> None:
    assert runs_on(DAY, first, last) is runs
    limits = {"from_day": first, "until_day": last}
    assert bool(ask("steun", promoted("steun", **limits))) is runs
