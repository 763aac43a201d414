"""What search promises about any question: exact quotations, exclusions, and never nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import forms, terms
from search.asking import Asked, ask
from search.engines.base import SearchRequest
from search.engines.sqlite_fts import SqliteEngine
from search.highlight import Marker
from search.plan import Plan, plan
from search.query import parse
from tests.search.documents import document

WORDS = ("draagvlak", "opvang", "wet", "gemeente", "steun", "kwartelkoning", "media")
TEXTS = {
    f"doc{number}": " ".join(WORDS[(number + step * step) % len(WORDS)] for step in range(size))
    for number, size in enumerate((3, 4, 5, 6, 3, 4, 5, 7, 6, 3))
}
ANY_TEXT = st.text(max_size=300)
ANY_QUESTION = st.one_of(
    ANY_TEXT,
    st.lists(st.sampled_from([*WORDS, '"', "-", " ", "“", "toe te", "\u00ad", "é"])).map(" ".join),
)
WORD = st.sampled_from(WORDS)
MANY = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SqliteEngine:
    folder: Path = tmp_path_factory.mktemp("promises")
    engine = SqliteEngine(folder / "search.sqlite3")
    engine.rebuild((document(key, "", text) for key, text in TEXTS.items()), lambda key: None)
    return engine


def found(engine: SqliteEngine, question: str) -> Asked:
    return ask(engine, parse(question), SearchRequest(Plan(), language="nl", page_size=50))


def keys(asked: Asked) -> set[str]:
    return {hit.key for hit in asked.results.hits}


@MANY
@given(question=ANY_QUESTION)
def test_any_question_is_answered(engine: SqliteEngine, question: str) -> None:
    found(engine, question)


@given(ANY_QUESTION)
def test_a_question_as_we_read_it_is_read_the_same_again(question: str) -> None:
    once = parse(question)
    again = parse(once.text)
    assert again.text == once.text
    assert (again.words, again.phrases, again.excluded) == (once.words, once.phrases, once.excluded)


@MANY
@given(wanted=st.lists(WORD, min_size=1, max_size=4), unwanted=WORD)
def test_an_excluded_word_stands_in_no_result(
    engine: SqliteEngine, wanted: list[str], unwanted: str
) -> None:
    shown = keys(found(engine, f"{' '.join(wanted)} -{unwanted}"))
    assert shown == {
        key
        for key, text in TEXTS.items()
        if unwanted not in text.split() and set(wanted) & set(text.split())
    }


@MANY
@given(st.lists(WORD, min_size=2, max_size=3))
def test_a_quotation_is_exact_where_it_stands(engine: SqliteEngine, words: list[str]) -> None:
    phrase = " ".join(words)
    holding = {key for key, text in TEXTS.items() if re.search(rf"\b{phrase}\b", text)}
    asked = found(engine, f'"{phrase}"')
    if holding:
        assert (keys(asked), asked.unquoted) == (holding, False)
    else:
        assert asked.unquoted
        assert keys(asked)


@MANY
@given(known=st.lists(WORD, min_size=1, max_size=3), missing=st.text("xyz", min_size=4, max_size=9))
def test_one_missing_word_never_gives_nothing(
    engine: SqliteEngine, known: list[str], missing: str
) -> None:
    assert keys(found(engine, " ".join([*known, missing]))) >= keys(found(engine, " ".join(known)))


@given(ANY_QUESTION, ANY_TEXT, st.sampled_from(["nl", "en", "fr"]))
def test_marks_lie_inside_the_text_and_hide_nothing(
    question: str, text: str, language: str
) -> None:
    marker = Marker(plan(parse(question), language))
    spans = marker.spans(text, language)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    marked = marker.mark(text, language)
    assert re.sub(r"</?mark>", "", marked).count("<") == 0
    assert re.fullmatch(r"(?:[^<>]|<mark>[^<>]+</mark>)*", marked, re.DOTALL)
    assert unescape(re.sub(r"</?mark>", "", marked)) == re.sub(r"\s+", " ", text)


@given(ANY_TEXT, st.sampled_from(["nl", "en", "fr"]))
def test_terms_are_words_without_spaces(text: str, language: str) -> None:
    for term in (*terms(text, language), *forms(text)):
        assert term
        assert term == term.strip()
        assert not re.search(r"\s", term)
