"""The index file: missing, stale, broken, swapped, shared by threads."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from search.engines.base import SearchUnavailable
from search.engines.sqlite_fts import SqliteEngine, matching
from search.engines.sqlite_fts.schema import TABLES
from tests.search.documents import ask, document, keys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "with space ?#%" / "search.sqlite3"


@pytest.fixture
def engine(path: Path) -> SqliteEngine:
    engine = SqliteEngine(path)
    engine.put([document("a", "Draagvlak voor opvang")])
    return engine


def test_an_older_version_must_be_rebuilt(engine: SqliteEngine, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    engine.close()
    with pytest.raises(SearchUnavailable, match="version"):
        ask(engine, "draagvlak")
    engine.rebuild([document("b", "Draagvlak")], lambda key: None)
    assert keys(ask(engine, "draagvlak")) == ["b"]


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough" * 100])
def test_a_broken_file_is_clear_and_can_be_rebuilt(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    engine = SqliteEngine(path)
    assert not engine.is_ready()
    with pytest.raises(SearchUnavailable):
        ask(engine, "draagvlak")
    engine.rebuild([document("b", "Draagvlak")], lambda key: None)
    assert keys(ask(engine, "draagvlak")) == ["b"]


def test_damage_inside_the_file_is_clear(engine: SqliteEngine, path: Path) -> None:
    engine.rebuild(
        [document(f"d{n}", "Draagvlak", "opvang " * 500) for n in range(50)], lambda k: None
    )
    real = path.resolve()
    size = real.stat().st_size
    with open(real, "r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    engine.close()
    with pytest.raises(SearchUnavailable):
        ask(engine, "draagvlak")


def test_another_reader_sees_the_swap(engine: SqliteEngine, path: Path) -> None:
    other = SqliteEngine(path)
    assert keys(ask(other, "draagvlak")) == ["a"]
    engine.rebuild([document("b", "Draagvlak")], lambda key: None)
    assert keys(ask(other, "draagvlak")) == ["b"]


def test_another_reader_sees_an_update(engine: SqliteEngine, path: Path) -> None:
    other = SqliteEngine(path)
    assert ask(other, "draagvlak").facets["kind"] == {"research": 1}
    engine.put([document("b", "Draagvlak", kind="page")])
    assert ask(other, "draagvlak").facets["kind"] == {"research": 1, "page": 1}


def test_a_swap_leaves_one_file(engine: SqliteEngine, path: Path) -> None:
    for _ in range(3):
        engine.rebuild([document("b", "Draagvlak")], lambda key: None)
    left = [file.name for file in path.parent.iterdir() if file.suffix == ".sqlite3"]
    assert sorted(left) == sorted([path.name, path.resolve().name])


def test_what_a_killed_rebuild_left_is_cleared(engine: SqliteEngine, path: Path) -> None:
    (path.parent / "search-dead.sqlite3").write_bytes(b"half")
    (path.parent / "search-dead.sqlite3-wal").write_bytes(b"half")
    engine.rebuild([document("b", "Draagvlak")], lambda key: None)
    assert not list(path.parent.glob("search-dead*"))
    assert keys(ask(engine, "draagvlak")) == ["b"]


def test_reading_and_writing_from_many_threads(engine: SqliteEngine) -> None:
    def work(number: int) -> list[bool]:
        seen = []
        for turn in range(5):
            engine.put([document(f"t{number}-{turn}", "Draagvlak in draad")])
            seen.append("a" in keys(ask(engine, "draagvlak opvang")))
            if number == 0:
                engine.rebuild(
                    [document("a", "Draagvlak voor opvang")],
                    lambda key: document(key, "Draagvlak in draad"),
                )
        return seen

    with ThreadPoolExecutor(4) as pool:
        assert all(all(seen) for seen in pool.map(work, range(4)))


def test_the_commonest_words_of_a_question_only_order(
    engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MOST_ROWS", 5)
    common = [document(f"c{n}", "Opvang", "rust en ruimte") for n in range(10)]
    engine.put([*common, document("r1", "Zeldzaam"), document("r2", "Zeldzaam", "opvang")])
    assert keys(ask(engine, "zeldzaam opvang")) == ["r2", "r1"]
    assert ask(engine, "opvang").total == 12


def test_a_text_that_goes_leaves_no_term_behind(engine: SqliteEngine, path: Path) -> None:
    odd = "Café \ud800 \x00 poli\u00adtiek ﬁets ﷺ C++ foto's 'n ½ draagvlak¹"
    engine.put([document("odd", odd, odd, summary=odd, passages=(odd, "", "Plain"))])
    engine.put([document("odd", "Iets anders", language="en", passages=(odd,))])
    engine.delete(["odd", "a"])
    with closing(sqlite3.connect(path)) as connection:
        for language, table in TABLES.items():
            vocabulary = f"CREATE VIRTUAL TABLE temp.{language} USING fts5vocab(main, {table}, row)"
            connection.execute(vocabulary)
            assert connection.execute(f"SELECT term FROM temp.{language}").fetchall() == []
            assert connection.execute(f"SELECT count(*) FROM {table}_docsize").fetchone() == (0,)
