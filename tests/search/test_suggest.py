"""What a misspelt question probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.sqlite_fts import SqliteEngine
from search.query import parse
from search.suggest import correction, mistakes
from tests.search.documents import document

TEXT = "draagvlak draagvlak vluchtelingen vluchtelingen opvang onderzoek gezinshereniging juiste"


@pytest.fixture
def engine(tmp_path: Path) -> SqliteEngine:
    engine = SqliteEngine(tmp_path / "search.sqlite3")
    english = document("b", "Public opinion", "polarisation and support", language="en")
    engine.rebuild([document("a", "Draagvlak", TEXT), english], lambda key: None)
    return engine


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0), ("opvang", "opvang", 0), ("opvagn", "opvang", 1), ("opvng", "opvang", 1),
        ("oopvang", "opvang", 1), ("opvenk", "opvang", 2), ("steun", "opvang", 3), ("a", "", 1),
    ],
)  # fmt: skip
def test_mistakes(one: str, other: str, count: int) -> None:
    assert mistakes(one, other, 2) == count


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_mistakes_are_the_same_both_ways(one: str, other: str) -> None:
    assert mistakes(one, other, 2) == mistakes(other, one, 2)
    assert (mistakes(one, other, 2) == 0) == (one == other)


@pytest.mark.parametrize(
    ("question", "meant", "sure"),
    [
        ("draagvalk", "draagvlak", True),
        ("Wat is draagvalk?", "Wat is draagvlak?", True),
        ("vluchtelngen opvang", "vluchtelingen opvang", True),
        ("gezinsherenigng", "gezinshereniging", True),
        ("polarisaton", "polarisation", True),
        ("opvenk", "opvang", False),
        ("steu", None, False),
        ("draagvlak", None, False),
        ("vluchteling", None, False),
        ("draagvlakonderzoek", None, False),
        ("onjuiste", None, False),
        ('"draagvalk"', None, False),
        ('"draagvalk" draagvalk', '"draagvalk" draagvlak', True),
        ("-draagvalk opvang", None, False),
        ("xyzzy 12345 de", None, False),
        ("", None, False),
    ],
)
def test_corrections(engine: SqliteEngine, question: str, meant: str | None, sure: bool) -> None:
    found = correction(parse(question), "nl", engine)
    assert (found.text if found else None) == meant
    assert found is None or found.sure is sure


def test_a_known_word_costs_no_search_for_others(
    engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "similar", lambda *args: pytest.fail("looked for others"))
    assert correction(parse("draagvlak voor opvang"), "nl", engine) is None


def test_words_follow_the_library(engine: SqliteEngine) -> None:
    engine.put([document("c", "Kwartelkoning")])
    found = correction(parse("kwartelkonnig"), "nl", engine)
    assert found and found.text == "kwartelkoning"
    engine.delete(["c"])
    assert correction(parse("kwartelkonnig"), "nl", engine) is None
    engine.put([document("c", "Kwartelkoning")])
    assert correction(parse("kwartelkonnig"), "nl", engine) == found
