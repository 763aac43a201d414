"""The results page and its JSON twin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from wagtail.models import Site

import pytest

from core.models import SiteSettings
from search.engines import get_engine
from search.indexing import process_pending
from search.models import Promotion, SynonymSet, SynonymTerm
from tests.conftest import published
from tests.research import make_research, make_source
from tests.search.test_query import HOSTILE

pytestmark = pytest.mark.django_db

NL, EN, API = "/nl/zoeken/", "/en/search/", "/api/v1/search"
MOST_QUERIES = 8


@pytest.fixture
def studies(site_tree: Any) -> Iterator[dict[str, Any]]:
    """A study with a file, a study in two languages, and one of another year."""
    source = make_source("Rapport", ("Niets.", "Hier staat iets over kwartelkoningen."))
    whole = make_research(
        site_tree.library, "Steun voor opvang", theme=site_tree.theme, source=source
    )
    both = make_research(site_tree.library, "Taal en opvang", published_year=2018)
    english = both.copy_for_translation(site_tree.en)
    english.title, english.slug = "Language and opvang", "language"
    process_pending()
    yield {"whole": whole, "both": both, "english": published(english)}


@pytest.fixture
def indexed(studies: dict[str, Any]) -> dict[str, Any]:
    process_pending()
    return studies


def test_the_addresses() -> None:
    for language, address in (("nl", NL), ("en", EN)):
        with translation.override(language):
            assert reverse("search") == address
    assert reverse("search_api") == API


def test_a_hit_shows_the_page_that_answers(client: Client, indexed: Any) -> None:
    page = client.get(NL, {"q": "kwartelkoning"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Steun voor opvang" in html
    assert "<mark>kwartelkoningen</mark>" in html
    assert re.search(r'href="[^"]+\.pdf#page=2"', html)
    assert 'role="status"' in html


def test_the_question_stays_in_the_box_and_is_escaped(client: Client, indexed: Any) -> None:
    html = client.get(NL, {"q": 'opvang "<script>'}).content.decode()
    assert 'value="opvang &quot;&lt;script&gt;"' in html
    assert "<script>&" not in html


def test_results_are_not_for_search_engines(client: Client, indexed: Any) -> None:
    """A results page of ours would only compete with the pages it points at."""
    assert '<meta name="robots" content="noindex' in client.get(NL, {"q": "x"}).content.decode()


def test_the_readers_language_decides_which_translation_shows(client: Client, indexed: Any) -> None:
    assert "Taal en" in client.get(NL, {"q": "opvang"}).content.decode()
    html = client.get(EN, {"q": "opvang"}).content.decode()
    assert "Language and" in html
    assert "Taal en" not in html


def test_filters_narrow_and_show_as_chips(client: Client, indexed: Any) -> None:
    page = client.get(NL, {"q": "opvang", "year": "2018"})
    assert [hit.year for hit in page.context["hits"]] == [2018]
    assert len(page.context["chips"]) == 1
    assert "year" not in page.context["chips"][0].url
    counts = {facet.name: facet for facet in page.context["facets"]}["year"].values
    assert {value.value: value.count for value in counts} == {"2020": 1, "2018": 1}


def test_what_does_not_exist_falls_back(client: Client, indexed: Any) -> None:
    for odd in (
        {"kind": "nope"},
        {"theme": "nope"},
        {"year": "abcd"},
        {"year": "٢٠١٨"},
        {"lang": "xx"},
        {"page": "0"},
        {"page": "abc"},
        {"page": "9" * 30},
        {"page": "7"},
        {"sort": "up"},
    ):
        page = client.get(NL, {"q": "opvang", **odd})
        assert (page.status_code, page.context["total"]) == (200, 2), odd
        assert not page.context["chips"], odd


def test_sorting_by_date(client: Client, indexed: Any) -> None:
    page = client.get(NL, {"q": "opvang", "sort": "date"})
    assert [sort.value for sort in page.context["sorts"] if sort.selected] == ["date"]
    assert page.context["hits"]


def test_pages(client: Client, site_tree: Any) -> None:
    for number in range(12):
        make_research(site_tree.library, f"Steun nummer {number}")
    process_pending()
    first = client.get(NL, {"q": "steun nummer", "kind": "research"})
    second = client.get(NL, {"q": "steun nummer", "kind": "research", "page": "2"})
    assert (len(first.context["hits"]), len(second.context["hits"])) == (10, 2)
    assert "kind=research" in first.content.decode()
    assert 'rel="next"' in first.content.decode()


def test_nothing_found_helps(client: Client, indexed: Any) -> None:
    html = client.get(NL, {"q": '"geen zeppelin hier" -media', "year": "2018"}).content.decode()
    assert "<q>geen zeppelin hier</q>" in html
    assert "<q>media</q>" in html
    assert "Draagvlak" in html
    assert 'role="status"' in html


def test_a_quotation_that_stands_nowhere_is_let_go(client: Client, indexed: Any) -> None:
    page = client.get(NL, {"q": '"opvang voor steun"'})
    assert page.context["total"]
    assert page.context["unquoted"]
    assert "aanhalingstekens" in page.content.decode()
    assert not client.get(NL, {"q": '"steun voor opvang"'}).context["unquoted"]
    assert client.get(API, {"q": '"opvang voor steun"'}).json()["unquoted"] is True


@pytest.mark.parametrize("question", ["", "   ", "-alleen", "?!"])
def test_no_question_gives_tips(client: Client, indexed: Any, question: str) -> None:
    page = client.get(NL, {"q": question})
    assert page.status_code == 200
    assert not page.context["asked"]
    assert "search-tips" in page.content.decode()


def test_an_unpublished_page_vanishes_before_the_index_knows(client: Client, indexed: Any) -> None:
    indexed["whole"].unpublish()
    page = client.get(NL, {"q": "kwartelkoning"})
    assert page.context["total"] == 0
    assert client.get(API, {"q": "kwartelkoning"}).json()["results"] == []


def test_without_an_index_the_page_says_so(client: Client, site_tree: Any) -> None:
    page = client.get(NL, {"q": "opvang"})
    assert page.status_code == 503
    assert page["Retry-After"]
    assert client.get(API, {"q": "opvang"}).status_code == 503


def test_hostile_questions_on_the_page_and_the_api(client: Client, indexed: Any) -> None:
    for question in HOSTILE:
        asked = question.encode("utf-8", "replace").decode()
        page, answer = client.get(NL, {"q": asked}), client.get(API, {"q": asked})
        assert (page.status_code, answer.status_code) == (200, 200), question[:40]
        assert answer.json()["total"] == page.context.get("total", 0), question[:40]


def test_odd_query_strings(client: Client, indexed: Any) -> None:
    for raw in ("q=%00", "q=%ff%fe", "q=%", "q=a&q=b", "=&&", "q[]=1", "page=1;2"):
        assert client.get(f"{NL}?{raw}").status_code == 200, raw
        assert client.get(f"{API}?{raw}").status_code in (200, 400), raw


def test_only_reading_is_allowed(client: Client, indexed: Any) -> None:
    assert client.post(NL, {"q": "x"}).status_code == 405
    answer = client.post(API, {"q": "x"})
    assert answer.status_code == 405
    assert "error" in answer.json()


def test_few_queries(client: Client, indexed: Any) -> None:
    address = {"q": "opvang kwartelkoning", "theme": "draagvlak"}
    client.get(NL, address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(NL, address)
    assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"] for query in queries)


class TestApi:
    """JSON."""

    def test_a_hit(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "kwartelkoning"}).json()
        assert (answer["query"], answer["total"], answer["page"], answer["pages"]) == (
            "kwartelkoning", 1, 1, 1,
        )  # fmt: skip
        hit = answer["results"][0]
        assert hit["title"] == "Steun voor opvang"
        assert (hit["kind"], hit["language"], hit["year"]) == ("research", "nl", 2020)
        assert hit["themes"] == ["draagvlak"]
        assert hit["url"].startswith("/nl/")
        assert hit["score"] > 0
        passage = hit["passages"][0]
        assert "<mark>kwartelkoningen</mark>" in passage["snippet"]
        assert passage["url"].endswith("#page=2")
        assert answer["facets"]["theme"] == [
            {"value": "draagvlak", "label": "Draagvlak", "count": 1}
        ]

    def test_a_hit_says_on_which_other_word_it_was_found(
        self, client: Client, indexed: Any
    ) -> None:
        sets = SynonymSet.objects.create()
        for text in ("vogel", "kwartelkoning"):
            SynonymTerm.objects.create(synonym_set=sets, text=text, language="nl")
        hit = client.get(API, {"q": "vogel"}).json()["results"][0]
        assert hit["found_on"] == [{"text": "kwartelkoning", "language": "nl"}]
        page = client.get(NL, {"q": "vogel"}).content.decode()
        assert re.search(r"Gevonden op:\s*<span>kwartelkoning</span>", page)
        assert client.get(API, {"q": "kwartelkoning"}).json()["results"][0]["found_on"] == []

    def test_language_is_a_filter(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "opvang", "lang": "en"}).json()
        assert [hit["title"] for hit in answer["results"]] == ["Language and opvang"]

    def test_the_header_is_a_preference(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "taal language"}, headers={"accept-language": "en"}).json()
        assert [hit["language"] for hit in answer["results"]] == ["en"]

    def test_mistakes_are_named(self, client: Client, indexed: Any) -> None:
        for odd in (
            {"page": "x"},
            {"lang": "xx"},
            {"year": "20"},
            {"kind": "nope"},
            {"theme": "nope"},
        ):
            answer = client.get(API, {"q": "opvang", **odd})
            assert answer.status_code == 400, odd
            assert next(iter(odd)) in answer.json()["error"], odd

    def test_same_total_as_the_page(self, client: Client, indexed: Any) -> None:
        page = client.get(NL, {"q": "opvang steun"})
        assert client.get(API, {"q": "opvang steun"}).json()["total"] == page.context["total"]


def test_the_engine_is_the_one_of_the_settings(settings: Any) -> None:
    assert get_engine() is get_engine()


class TestWithin:
    """Searching in one study."""

    def test_its_places_and_the_way_back(self, client: Client, indexed: Any) -> None:
        page = client.get(NL, {"q": "opvang", "in": indexed["both"].pk})
        html = page.content.decode()
        assert page.context["within"].title == "Taal en opvang"
        assert "Zoek in alles" in html
        assert f'name="in" value="{indexed["both"].pk}"' in html
        assert "Steun voor opvang" not in html

    def test_the_place_opens_the_pdf_at_the_page(self, client: Client, indexed: Any) -> None:
        page = client.get(NL, {"q": "kwartelkoning", "in": indexed["whole"].pk})
        assert [place.label for place in page.context["places"]] == ["p. 2"]
        html = page.content.decode()
        assert re.search(r'href="[^"]+\.pdf#page=2&amp;search=kwartelkoningen"', html)
        assert "<mark>kwartelkoningen</mark>" in html

    def test_nothing_there_says_so(self, client: Client, indexed: Any) -> None:
        page = client.get(NL, {"q": "kwartelkoning", "in": indexed["both"].pk})
        assert "‘kwartelkoning’ staat niet in dit onderzoek" in page.content.decode()
        assert (
            "Zoek in dit onderzoek" in client.get(NL, {"in": indexed["both"].pk}).content.decode()
        )

    @pytest.mark.parametrize("odd", ["0", "x", "-1", "9" * 30, "999999", "٣"])
    def test_an_unknown_page_is_left_out(self, client: Client, indexed: Any, odd: str) -> None:
        page = client.get(NL, {"q": "opvang", "in": odd})
        assert (page.context["within"], page.context["total"]) == (None, 2)
        assert client.get(API, {"q": "opvang", "in": odd}).status_code == 400

    def test_a_closed_page_is_unknown(self, client: Client, indexed: Any) -> None:
        indexed["whole"].unpublish()
        assert client.get(NL, {"q": "x", "in": indexed["whole"].pk}).context["within"] is None

    def test_the_study_has_a_box(self, client: Client, indexed: Any) -> None:
        html = client.get(indexed["whole"].url).content.decode()
        assert f'name="in" value="{indexed["whole"].pk}"' in html

    def test_json(self, client: Client, indexed: Any) -> None:
        answer = client.get(API, {"q": "kwartelkoning", "in": indexed["whole"].pk}).json()
        assert (answer["in"], answer["total"]) == (indexed["whole"].pk, 1)

    def test_few_queries(self, client: Client, indexed: Any) -> None:
        address = {"q": "opvang kwartelkoning", "in": indexed["whole"].pk}
        client.get(NL, address)
        with CaptureQueriesContext(connection) as queries:
            client.get(NL, address)
        assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"] for query in queries)


def test_the_button_says_how_many_results_there_are(client: Client, indexed: Any) -> None:
    assert "Toon 2 resultaten" in client.get(NL, {"q": "opvang"}).content.decode()


class TestNothingFound:
    """Ways on."""

    def ways(self, client: Client, **asked: str) -> dict[str, int]:
        page = client.get(NL, asked)
        assert page.context["total"] == 0
        return {way.label: way.count for way in page.context["ways"]}

    def test_each_word_alone(self, client: Client, indexed: Any) -> None:
        ways = self.ways(client, q="opvang kwartelkoning -steun -opvang")
        assert ways["alleen ‘opvang’"] == 2
        assert ways["alleen ‘kwartelkoning’"] == 1
        assert ways["zonder woorden uit te sluiten"] == 2

    def test_words_that_nothing_holds_say_so(self, client: Client, indexed: Any) -> None:
        html = client.get(NL, {"q": "xyzzyx qwqwqw"}).content.decode()
        assert "<span>alleen ‘xyzzyx’</span>" in html
        assert "0 resultaten" in html

    def test_filters(self, client: Client, indexed: Any) -> None:
        ways = self.ways(client, q="kwartelkoning", year="2018")
        assert ways == {"zonder de filters": 1}
        html = client.get(NL, {"q": "kwartelkoning", "year": "2018"}).content.decode()
        assert 'href="?q=kwartelkoning"' in html

    def test_one_word_that_is_not_there_leaves_nothing_out(
        self, client: Client, indexed: Any
    ) -> None:
        assert self.ways(client, q="xyzzyx") == {}

    def test_asking_the_editors(self, client: Client, indexed: Any) -> None:
        address = {"q": "xyzzyx & <zo>"}
        assert "mailto:" not in client.get(NL, address).content.decode()
        settings = SiteSettings.for_site(Site.objects.get())
        settings.contact_address = "redactie@example.org"
        settings.save()
        html = client.get(NL, address).content.decode()
        assert "mailto:redactie@example.org?subject=Vraag%20over%20%E2%80%98xyzzyx%20%26" in html
        assert "Vraag het de redactie" in html

    def test_a_promoted_page_is_a_place_to_begin(self, client: Client, indexed: Any) -> None:
        Promotion.objects.create(page=indexed["whole"], words="iets", language="nl")
        for address in ({"q": "xyzzyx"}, {}):
            page = client.get(NL, address)
            assert [one.card.title for one in page.context["popular"]] == ["Steun voor opvang"]
            assert "Steun voor opvang" in page.content.decode()

    def test_few_queries(self, client: Client, indexed: Any) -> None:
        address = {"q": "opvang kwartelkoning -steun -opvang", "theme": "draagvlak"}
        client.get(NL, address)
        with CaptureQueriesContext(connection) as queries:
            client.get(NL, address)
        assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"] for query in queries)

    def test_search_that_is_away_says_so_and_offers_another_try(
        self, client: Client, site_tree: Any
    ) -> None:
        html = client.get(NL, {"q": "opvang"}).content.decode()
        assert "Zoeken is even niet beschikbaar" in html
        assert 'href="/nl/zoeken/?q=opvang"' in html
