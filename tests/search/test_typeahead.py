"""Suggestions while a question is typed, and their JSON."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.models import FaqAnswerPage
from search import suggest_api
from search.analysis import forms
from search.indexing import process_pending
from search.pace import Pace
from search.typeahead import pieces, suggest
from tests.conftest import published
from tests.research import make_research, make_source
from tests.search.test_query import HOSTILE

API = "/api/v1/suggest"
MOST_QUERIES = 2


@pytest.mark.parametrize(
    ("text", "beginnings", "expected"),
    [
        ("Draagvlak", ["dra"], ["", "Dra", "agvlak"]),
        ("Over draagvlak", ["dra", "ov"], ["", "Ov", "er ", "dra", "agvlak"]),
        ("Buurtopvang", ["opv"], ["Buurt", "opv", "ang"]),
        ("Opvang en buurtopvang", ["opv"], ["", "Opv", "ang en buurtopvang"]),
        ("Één Straße", ["strass"], ["Één ", "Straße", ""]),
        ("Één", ["ee"], ["", "Éé", "n"]),
        ("Niets", ["dra"], ["Niets"]),
        ("", ["dra"], [""]),
    ],
)
def test_pieces(text: str, beginnings: list[str], expected: list[str]) -> None:
    assert pieces(text, beginnings) == expected


@given(st.text(), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_pieces_make_up_the_text(text: str, typed: list[str]) -> None:
    assert "".join(pieces(text, forms(" ".join(typed)))) == text


@pytest.fixture
def indexed(site_tree: Any) -> Any:
    """Pages of two kinds in two languages."""
    source = make_source("Rapport", ("Over kwartelkoningen en opvanglocaties.",))
    study = make_research(site_tree.library, "Steun voor opvang", source=source)
    english = study.copy_for_translation(site_tree.en)
    english.title, english.slug = "Support for reception", "support"
    published(english)
    answer = FaqAnswerPage(title="Wat is steun?", answer="<p>Veel.</p>")
    site_tree.faq.add_child(instance=answer)
    published(answer)
    process_pending()
    return site_tree


def groups(typed: str, language: str = "nl") -> dict[str, list[str]]:
    with translation.override(language):
        return {g.kind: [item.text for item in g.items] for g in suggest(typed, language)}


@pytest.mark.django_db
class TestSuggest:
    """What is suggested."""

    def test_words_themes_and_titles_by_kind(self, indexed: Any) -> None:
        found = groups("steun")
        assert found["search"][0] == "steun"
        assert found["theme"] == ["Draagvlak"]
        assert found["research"] == ["Steun voor opvang"]
        assert found["answer"] == ["Wat is steun?"]
        assert list(found) == ["search", "theme", "research", "answer"]

    def test_a_theme_says_by_which_word_it_was_found(self, indexed: Any) -> None:
        with translation.override("nl"):
            theme = {g.kind: g for g in suggest("ste", "nl")}["theme"].items[0]
        assert (theme.pieces, theme.note) == (["Draagvlak"], ["", "ste", "un"])
        assert theme.url == "/nl/zoeken/?q=Draagvlak"

    def test_the_last_word_is_completed_from_the_index(self, indexed: Any) -> None:
        assert groups("iets over kwart")["search"] == [
            "iets over kwart", "iets over kwartelkoningen",
        ]  # fmt: skip
        assert groups("kwart ")["search"] == ["kwart"]
        assert groups("steun -kwart")["search"] == ["steun -kwart"]

    def test_the_readers_language_decides(self, indexed: Any) -> None:
        assert groups("sup", "en")["research"] == ["Support for reception"]
        assert groups("publ", "en")["theme"] == ["Public support"]
        assert "theme" not in groups("publ", "nl")

    @pytest.mark.parametrize("typed", ["", " ", "s", "!?", "-st"])
    def test_too_little_gives_nothing(self, indexed: Any, typed: str) -> None:
        assert groups(typed) == {}

    def test_a_page_that_closed_is_not_suggested(self, indexed: Any) -> None:
        indexed.library.get_children().get(title="Steun voor opvang").unpublish()
        assert "research" not in groups("opvang")

    def test_one_kind_leaves_room_for_another(self, indexed: Any) -> None:
        for number in range(9):
            make_research(indexed.library, f"Steun nummer {number}")
        process_pending()
        found = groups("steun")
        assert (len(found["research"]), len(found["answer"])) == (4, 1)


@pytest.mark.django_db
class TestApi:
    """JSON."""

    def test_an_answer(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "steun", "lang": "nl"})
        found = answer.json()
        assert found["query"] == "steun"
        assert found["count"] == sum(len(group["items"]) for group in found["groups"])
        assert found["message"].startswith(f"{found['count']} suggesties")
        assert found["groups"][2]["label"] == "Onderzoek"
        item = found["groups"][2]["items"][0]
        assert item["url"].startswith("/nl/")
        assert item["pieces"] == ["", "Steun", " voor opvang"]
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "sessionid" not in answer.cookies

    def test_an_unknown_language_falls_back(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "sup", "lang": "xx"}, headers={"accept-language": "en"})
        assert answer.json()["message"].endswith("choose.")

    def test_hostile_and_long_input(
        self, client: Client, indexed: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(suggest_api, "pace", Pace(1000, 1000))
        for question in [*HOSTILE, "draag " * 500]:
            asked = question.encode("utf-8", "replace").decode()
            assert client.get(API, {"q": asked}).status_code == 200, question[:40]
        for raw in ("q=%00", "q=%ff%fe", "q[]=1", "", "lang=%00&q=ab"):
            assert client.get(f"{API}?{raw}").status_code == 200, raw

    def test_too_much_at_once_is_told_to_wait(
        self, client: Client, indexed: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(suggest_api, "pace", Pace(0, 1))
        assert client.get(API, {"q": "steun"}).status_code == 200
        refused = client.get(API, {"q": "steun"})
        assert (refused.status_code, refused["Retry-After"]) == (429, "1")
        assert refused["Cache-Control"] == "no-store"

    def test_only_get(self, client: Client, indexed: Any) -> None:
        assert client.post(API, {"q": "x"}).status_code == 405

    def test_without_an_index_it_says_so(self, client: Client, site_tree: Any) -> None:
        assert client.get(API, {"q": "steun"}).status_code == 503

    def test_few_queries(self, client: Client, indexed: Any) -> None:
        client.get(API, {"q": "st"})
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(API, {"q": "ste"})
        assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"] for query in queries)
