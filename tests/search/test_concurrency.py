"""Rebuilding while others publish and search: nothing missing, nothing double."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.contracts import SearchDocument
from search.engines.base import Engine
from tests.search.documents import ask, document, keys
from tests.search.engines import ENGINES, fresh_engine

OLD = 40
NEW = 12


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with fresh_engine(request.param, tmp_path) as engine:
        yield engine


def text(key: str, word: str) -> SearchDocument:
    return document(key, f"Opvang {word}", "Over draagvlak.", passages=(f"Bladzijde over {word}.",))


class Site:
    """The truth, which a publisher changes while rebuilds read it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.truth = {f"d{n}": text(f"d{n}", "eerst") for n in range(OLD)}
        self.stop = threading.Event()
        self.wrong: list[str] = []

    def publish(self) -> None:
        """Add, change and take out, each as one worker would: first the truth, then the index."""
        for n in range(NEW):
            for key in (f"n{n}", f"d{n}"):
                self.truth[key] = text(key, "later")
                self.engine.put([self.truth[key]])
            gone = f"d{OLD - 1 - n}"
            del self.truth[gone]
            self.engine.delete([gone])

    def search(self) -> None:
        """Ask until the others are done; a work must never be there twice, or untouched ones gone."""
        untouched = {f"d{n}" for n in range(NEW, OLD - NEW)}
        while not self.stop.is_set():
            found = keys(ask(self.engine, "opvang", page_size=100))
            double = [key for key, count in Counter(found).items() if count > 1]
            self.wrong += [f"double: {key}" for key in double]
            self.wrong += [f"missing: {key}" for key in untouched - set(found)]

    def rebuild(self) -> None:
        for _ in range(3):
            self.engine.rebuild(self.read(), self.truth.get)

    def read(self) -> Iterator[SearchDocument]:
        """Read what there is when reading begins, as pages are: not before the rebuild does."""
        yield from list(self.truth.values())


def test_rebuilding_while_publishing_and_searching(engine: Engine) -> None:
    site = Site(engine)
    engine.rebuild(site.read(), site.truth.get)
    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(site.search) for _ in range(2)]
        writers = [threads.submit(site.publish), threads.submit(site.rebuild)]
        try:
            for writer in writers:
                writer.result(timeout=240)
        finally:
            site.stop.set()
        for reader in readers:
            reader.result(timeout=60)
    assert not site.wrong
    assert sorted(engine.keys()) == sorted(site.truth)
    assert engine.stored(list(site.truth)) == site.truth
    assert set(keys(ask(engine, "later", page_size=100))) == {
        key for key, found in site.truth.items() if "later" in found.title
    }
    assert engine.frequency("later", "nl") == 2 * 2 * NEW


def test_two_rebuilds_at_once_leave_one_whole_index(engine: Engine) -> None:
    documents = [text(f"d{n}", "eerst") for n in range(OLD)]
    with ThreadPoolExecutor(2) as threads:
        counts = [threads.submit(engine.rebuild, documents, lambda key: None) for _ in range(2)]
        assert [count.result(timeout=240) for count in counts] == [OLD, OLD]
    assert engine.count() == OLD
