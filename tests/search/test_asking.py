"""Asking an engine, and asking it otherwise when it finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.asking import Asked, ask
from search.engines.base import Filters, SearchRequest
from search.engines.sqlite_fts import SqliteEngine
from search.plan import Plan
from search.query import parse
from tests.search.documents import document


@pytest.fixture
def engine(tmp_path: Path) -> SqliteEngine:
    engine = SqliteEngine(tmp_path / "search.sqlite3")
    documents = [
        document("brief", "Een open brief", "Over de opvang van vluchtelingen.", year=2020),
        document("landen", "Landen", "De lijst van veilige landen; en van herkomst.", year=2021),
    ]
    engine.rebuild(documents, lambda key: None)
    return engine


def asked(engine: SqliteEngine, text: str, *, exact: bool = False, **filters: tuple) -> Asked:
    request = SearchRequest(Plan(), Filters(**filters), language="nl")
    return ask(engine, parse(text), request, exact=exact)


@pytest.mark.parametrize(
    ("text", "found", "corrected", "did_you_mean", "unquoted"),
    [
        ("opvang", ["brief"], "", "", False),
        ("vluchtelnigen", ["brief"], "vluchtelingen", "", False),
        ('"open brief"', ["brief"], "", "", False),
        ('"veilige landen van herkomst"', ["landen"], "", "", True),
        ('vluchtelnigen "brief open"', ["brief"], "vluchtelingen \"brief open\"", "", True),
        ('"zeppelin hangar"', [], "", "", False),
        ('"veilige landen van herkomst" -lijst', [], "", "", False),
        ("zeppelin", [], "", "", False),
        ("-opvang", [], "", "", False),
    ],
)  # fmt: skip
def test_what_is_asked(
    engine: SqliteEngine,
    text: str,
    found: list[str],
    corrected: str,
    did_you_mean: str,
    unquoted: bool,
) -> None:
    answer = asked(engine, text)
    assert [hit.key for hit in answer.results.hits] == found
    assert (answer.corrected, answer.did_you_mean) == (corrected, did_you_mean)
    assert answer.unquoted is unquoted


def test_only_what_was_typed(engine: SqliteEngine) -> None:
    answer = asked(engine, "vluchtelnigen", exact=True)
    assert (answer.results.total, answer.did_you_mean) == (0, "vluchtelingen")
    assert not asked(engine, '"landen veilige"', exact=True).results.total


def test_mended_words_are_told(engine: SqliteEngine) -> None:
    assert asked(engine, "Vluchtelnigen opvang").mended == {"vluchtelnigen": "vluchtelingen"}
    assert asked(engine, "opvang").mended == {}


def test_filters_do_not_change_how_a_question_is_read(engine: SqliteEngine) -> None:
    assert asked(engine, '"veilige landen van herkomst"', year=(2021,)).unquoted
    exactly = asked(engine, '"open brief"', year=(2021,))
    assert (exactly.results.total, exactly.unquoted) == (0, False)


def test_one_missing_word_leaves_the_others(engine: SqliteEngine) -> None:
    answer = asked(engine, "Hoe landt een zeppelin bij de opvang van vluchtelingen?")
    assert [hit.key for hit in answer.results.hits] == ["brief"]
