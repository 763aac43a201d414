"""Words, terms, folding and offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    analyse,
    fold,
    forms,
    guess_language,
    known_language,
    terms,
    words,
)

ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="aeé'’-+#ﬁß¹½\u0301\u00ad\ud800 \x00", max_size=60
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Één café, cafe\u0301!", ["een", "cafe", "cafe"]),
        ("ﬁnanciën Straße Çelik İzmir", ["financien", "strasse", "celik", "izmir"]),
        ("poli\u00adtiek zero\u200bwidth", ["politiek", "zerowidth"]),
        ("D66 2023 C++ F# C#", ["d66", "2023", "c++", "f#", "c#"]),
        ("foto's VVD'ers auto’s", ["foto", "vvd", "auto"]),
        ("e-mail E‑mail remigratie-uitkering", ["email", "email", "remigratie", "uitkering"]),
        ("draagvlak¹ CO₂ 12½", ["draagvlak", "co2", "1212"]),
        ("a\x00b “x” … --", ["a", "b", "x"]),
        ("\ud800 😀", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "vluchteling", "vluchtelingen"),
        ("nl", "gesprek", "gesprekken"),
        ("nl", "coöperatie", "cooperaties"),
        ("en", "refugee", "refugees"),
        ("en", "narrative", "narratives"),
    ],
)
def test_forms_of_a_word_share_a_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_stop_words_of_the_language_go_and_of_another_stay() -> None:
    assert terms("hoe kan het draagvlak groeien", "nl") == terms("draagvlak groeien", "nl")
    assert "how" not in terms("how does support grow", "en")
    assert len(terms("hoe kan het", "fr")) == 3


@pytest.mark.parametrize(
    ("code", "language"), [("nl-BE", "nl"), ("EN_us", "en"), ("fr", "xx"), ("", "xx")]
)
def test_language_codes(code: str, language: str) -> None:
    assert known_language(code) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("hoe groeit het draagvlak voor migratie", "nl"),
        ("how does public support grow", "en"),
        ("young men migration", ""),
        ("draagvlak", ""),
    ],
)
def test_the_language_of_a_question(question: str, language: str) -> None:
    assert guess_language(question) == language


@given(ANY_TEXT, st.sampled_from(["nl", "en", "de", ""]))
def test_offsets_point_at_the_original_text(text: str, language: str) -> None:
    at = 0
    for token in analyse(text, language):
        assert at <= token.start < token.end <= len(text)
        at = token.end
        assert terms(text[token.start : token.end], language) == [token.term]


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_every_word_is_one_storable_term(text: str) -> None:
    for token in words(text):
        assert token.term
        assert not any(char.isspace() or char in "\"'\x00" for char in token.term)
        token.term.encode("utf-8")
