"""Searching and rebuilding from the terminal."""

from __future__ import annotations

import io
import json
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from search.checks import address_can_be_used
from search.indexing import process_pending
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def study(site_tree: Any) -> Any:
    source = make_source("Rapport", ("Over kwartelkoningen.",))
    page = make_research(site_tree.library, "Zeldzaam onderzoek", source=source)
    process_pending()
    return page


def test_searching(study: Any) -> None:
    shown = run("search", "kwartelkoning")
    assert "1 results" in shown
    assert "Zeldzaam onderzoek" in shown
    assert "*kwartelkoningen*" in shown


def test_searching_as_json(study: Any) -> None:
    found = json.loads(run("search", "zeldzaam", "--json", "--lang", "nl", "--limit", "1"))
    assert [hit["title"] for hit in found["results"]] == ["Zeldzaam onderzoek"]
    assert json.loads(run("search", "zeldzaam", "--json", "--lang", "en"))["total"] == 0


def test_searching_without_an_index_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="rebuild_index"):
        run("search", "draagvlak")


def test_searching_another_engine_says_when_it_is_not_there(
    study: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SEARCH_URL = "http://127.0.0.1:9"
    assert "1 results" in run("search", "zeldzaam", "--engine", "sqlite")
    with pytest.raises(CommandError, match="does not answer"):
        run("search", "zeldzaam", "--engine", "http://127.0.0.1:9/none")
    with pytest.raises(CommandError, match="must begin with http"):
        run("search", "zeldzaam", "--engine", "sqlit")


def test_an_address_that_cannot_be_used_is_said_at_the_start(settings: Any) -> None:
    assert address_can_be_used(None) == []
    settings.SEARCH_URL = "search.example:9200"
    assert [message.id for message in address_can_be_used(None)] == ["search.E001"]


def test_rebuilding(study: Any, capsys: Any) -> None:
    assert "documents can be found" in run("rebuild_index")
    assert run("rebuild_index", "-v0") == ""
