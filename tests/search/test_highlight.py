"""Marking what matched, and choosing the piece to show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import term_of
from search.highlight import SNIPPET_LENGTH, Marker
from search.plan import plan, splitter_of
from search.query import parse
from search.vocabulary import NoWords


def marker(question: str, language: str = "nl") -> Marker:
    return Marker(plan(parse(question), language))


@pytest.mark.parametrize(
    ("question", "text", "language", "expected"),
    [
        ("vluchteling", "Vluchtelingen in Almere", "nl", "<mark>Vluchtelingen</mark> in Almere"),
        ("de opvang", "De opvang", "nl", "De <mark>opvang</mark>"),
        ("cafe", "Het café", "nl", "Het <mark>café</mark>"),
        ("b", "<b> & b", "nl", "&lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"),
        ("refugees", "One refugee", "en", "One <mark>refugee</mark>"),
        ('"open brief"', "Een open brief, open en brief", "nl",
         "Een <mark>open brief</mark>, open en brief"),
        ('"steun voor opvang"', "steun voor opvang", "nl", "<mark>steun voor opvang</mark>"),
        ("wat is het", "Wat is het?", "nl", "<mark>Wat</mark> <mark>is</mark> <mark>het</mark>?"),
        ("niets", "Geen treffer", "nl", "Geen treffer"),
    ],
)  # fmt: skip
def test_marks(question: str, text: str, language: str, expected: str) -> None:
    assert marker(question).mark(text, language) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("beleid", "Het migratiebeleid", "Het migratie<mark>beleid</mark>"),
        ("migratie", "Migratiebeleid", "<mark>Migratie</mark>beleid"),
        ("migratiebeleid", "Migratiebeleid", "<mark>Migratiebeleid</mark>"),
        ("migratiebeleid", "migratie beleid", "<mark>migratie beleid</mark>"),
        ('"beleid"', "Het migratiebeleid, beleid", "Het migratiebeleid, <mark>beleid</mark>"),
    ],
)
def test_marks_in_compounds(question: str, text: str, expected: str) -> None:
    words = Words()
    marks = Marker(plan(parse(question), "nl", words), splitter_of(words))
    assert marks.mark(text, "nl") == expected


class Words(NoWords):
    """A library that knows two words."""

    def frequency(self, term: str, language: str) -> int:
        return int(term in (term_of("migratie", "nl"), "beleid"))


def test_a_snippet_shows_the_place_with_most_different_words() -> None:
    text = (
        "Steun. " + "Vulling zonder betekenis hier. " * 20 + "Steun voor opvang groeit. "
        "Daarna volgt nog meer. " * 20
    )
    snippet = marker("steun opvang").snippet(text, "nl")
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "<mark>Steun</mark> voor <mark>opvang</mark> groeit." in snippet


def test_a_text_without_match_begins_at_the_beginning() -> None:
    snippet = marker("afwezig").snippet("Eerste zin. " * 50, "nl")
    assert snippet.startswith("Eerste zin.")
    assert "<mark>" not in snippet


@given(st.text(alphabet="ab c<&>.\n\"'é", max_size=900), st.sampled_from(["a", "ab c", '"a b"']))
def test_a_snippet_is_escaped_bounded_text_of_the_original(text: str, question: str) -> None:
    snippet = marker(question).snippet(text, "nl")
    plain = re.sub(r"</?mark>", "", snippet)
    assert "<" not in plain
    assert ">" not in plain
    unescaped = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'")
    unescaped = unescaped.replace("&quot;", '"').replace("&amp;", "&")
    body = unescaped.removeprefix("… ").removesuffix(" …")
    assert len(body) <= SNIPPET_LENGTH
    assert body.strip() in re.sub(r"\s+", " ", text)
