"""Comparing the index with the pages, on every engine."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from core.contracts import SearchPassage
from kenniskamer.models import ResearchPage
from search.checking import Difference, as_stored, differences, differing
from search.engines import get_engine
from search.engines.base import Engine
from search.indexing import rebuild
from search.keys import key_of
from search.models import IndexRequest
from search.reading import load
from tests.research import make_research, make_source
from tests.search.documents import document
from tests.search.engines import ENGINES, cluster_url, fresh_engine

BASE = document("a", "Titel", "Tekst", passages=("een", "twee"), year=2020)
PASSAGES = BASE.passages
EXTRA = SearchPassage("3", "p. 3", "drie", "nl", "/a#page=3")


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (BASE, ()),
        (replace(BASE, title="Anders"), ("title",)),
        (replace(BASE, year=None, themes=("x",)), ("themes", "year")),
        (replace(BASE, date=dt.date(2020, 1, 1)), ("date",)),
        (replace(BASE, passages=PASSAGES[:1]), ("1 passages missing",)),
        (replace(BASE, passages=(*PASSAGES, EXTRA)), ("1 passages superfluous",)),
        (
            replace(BASE, passages=(replace(PASSAGES[0], text="x"), PASSAGES[1])),
            ("1 passages changed",),
        ),
        (replace(BASE, passages=PASSAGES[::-1]), ("order of passages",)),
    ],
)
def test_what_differs_is_named(stored: Any, told: tuple[str, ...]) -> None:
    assert differing(BASE, stored) == told


@pytest.mark.parametrize("name", ENGINES)
def test_what_an_engine_gives_back_is_what_it_was_given(name: str, tmp_path: Path) -> None:
    odd = replace(
        BASE,
        title="steun \ud800 \x00",
        card={"facts": ("a", "b"), "date": None},
        date=dt.date(2020, 5, 1),
        themes=("x", "y"),
        passages=(replace(PASSAGES[0], language="", label="\udc00"),),
    )
    with fresh_engine(name, tmp_path) as engine:
        engine.put([odd, document("b", "Ander")])
        assert list(engine.keys()) == ["a", "b"]
        stored = engine.stored(["a", "none"])
        assert list(stored) == ["a"]
        assert differing(as_stored(odd), as_stored(stored["a"])) == ()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, settings: Any) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield get_engine()
    else:
        with cluster_url() as settings.SEARCH_URL:
            yield get_engine()


@pytest.fixture
def study(engine: Engine, site_tree: Any) -> ResearchPage:
    source = make_source("Rapport", ("Over kwartelkoningen.",))
    page: ResearchPage = make_research(site_tree.library, "Zeldzaam onderzoek", source=source)
    rebuild()
    return page


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_index", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
class TestTheIndex:
    """Against real pages."""

    def test_a_true_index(self, study: ResearchPage) -> None:
        assert list(differences()) == []
        code, told = run()
        assert (code, "nothing differs" in told) == (0, True)

    def test_each_difference_is_found_named_and_repaired(
        self, study: ResearchPage, engine: Engine, site_tree: Any
    ) -> None:
        key = key_of(study.pk)
        stored = load(key)
        assert stored is not None
        lost = f"{len(stored.passages)} passages missing"
        engine.put([replace(stored, title="Oud", passages=()), document("page:999", "Weg")])
        engine.delete([key_of(site_tree.faq.pk)])
        IndexRequest.objects.all().delete()  # as if every update was lost
        assert set(differences()) == {
            Difference(key, "stale", ("title", lost)),
            Difference("page:999", "superfluous"),
            Difference(key_of(site_tree.faq.pk), "missing"),
        }
        code, told = run()
        assert code == 1
        assert f"{key}: title, {lost}" in told
        code, told = run("--repair")
        assert (code, "3 repaired, 0 left" in told) == (0, True)
        assert json.loads(run("--json")[1])["differences"] == []

    def test_a_page_that_cannot_be_read_is_no_reason_to_drop_it(
        self, study: ResearchPage, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(self: Any) -> Any:
            raise ValueError("no text")

        monkeypatch.setattr(ResearchPage, "search_document", failing)
        code, told = run("--repair", "--json")
        assert code == 1
        rows = json.loads(told)["differences"]
        assert [(row["key"], row["kind"], row["repaired"]) for row in rows] == [
            (key_of(study.pk), "unreadable", False)
        ]
        assert key_of(study.pk) in set(engine.keys())

    def test_a_missing_index_is_said_and_built(self, engine: Engine, site_tree: Any) -> None:
        with pytest.raises(CommandError, match="rebuild_index"):
            run()
        assert run("--repair")[0] == 0
        assert engine.count() > 0
