"""The thesaurus that editors write, from the CMS to the results page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

import pytest

from search.analysis import terms
from search.indexing import process_pending
from search.models import SynonymSet, SynonymTerm
from search.synonyms import read_thesaurus
from tests.research import make_research

pytestmark = pytest.mark.django_db

NL, API = "/nl/zoeken/", "/api/v1/search"


def make_set(*terms: tuple[str, str], both_ways: bool = True) -> SynonymSet:
    made = SynonymSet(both_ways=both_ways)
    made.terms = [SynonymTerm(language=language, text=text) for language, text in terms]
    made.save()
    return made


@pytest.fixture
def library(site_tree: Any) -> Any:
    make_research(site_tree.library, "Kwartelkoningen in het veld")
    make_research(site_tree.library, "Spriet en kemphaan")
    make_set(("nl", "kwartelkoning"), ("nl", "spriet"), ("en", "corn crake"))
    process_pending()
    return site_tree


def titles(client: Client, **parameters: str) -> list[str]:
    return [hit["title"] for hit in client.get(API, parameters).json()["results"]]


def test_a_synonym_is_found_after_the_word_itself(client: Client, library: Any) -> None:
    assert titles(client, q="kwartelkoning") == [
        "Kwartelkoningen in het veld",
        "Spriet en kemphaan",
    ]
    assert titles(client, q="spriet")[0] == "Spriet en kemphaan"
    assert len(titles(client, q="corn crake")) == 2


def test_the_reader_sees_it_and_can_switch_it_off(client: Client, library: Any) -> None:
    page = client.get(NL, {"q": "kwartelkoning"})
    html = page.content.decode()
    assert "corn crake" in html
    assert "exact=1" in html
    assert "<mark>Spriet</mark>" in html
    page = client.get(NL, {"q": "kwartelkoning", "exact": "1"})
    assert page.context["total"] == 1
    assert "corn crake" not in page.content.decode()
    assert 'name="exact"' in page.content.decode()


def test_the_api_says_what_it_looked_for(client: Client, library: Any) -> None:
    answer = client.get(API, {"q": "kwartelkoning"}).json()
    assert {"text": "corn crake", "language": "en"} in answer["also_searched"]
    assert (answer["corrected"], answer["did_you_mean"], answer["exact"]) == (None, None, False)
    answer = client.get(API, {"q": "kwartelkoning", "exact": "1"}).json()
    assert (answer["also_searched"], answer["exact"], answer["total"]) == ([], True, 1)


def test_one_way(client: Client, library: Any) -> None:
    make_set(("nl", "kemphaan"), ("nl", "veld"), both_ways=False)
    assert len(titles(client, q="kemphaan")) == 2
    assert len(titles(client, q="veld")) == 1


def test_a_change_counts_at_once(client: Client, library: Any) -> None:
    assert len(titles(client, q="spriet")) == 2
    SynonymSet.objects.all().delete()
    assert len(titles(client, q="spriet")) == 1


def test_themes_give_synonyms_too(site_tree: Any) -> None:
    found = read_thesaurus().synonyms({"nl": terms("acceptatie", "nl"), "en": []}, "")
    assert {synonym.text for synonym in found} == {"Draagvlak", "Public support"}


def test_a_misspelt_word_is_corrected(client: Client, library: Any) -> None:
    answer = client.get(API, {"q": "kwartelkonnigen"}).json()
    assert (answer["corrected"], answer["total"]) == ("kwartelkoningen", 2)
    html = client.get(NL, {"q": "kwartelkonnigen"}).content.decode()
    assert "kwartelkoningen</a>" in html
    assert 'value="kwartelkonnigen"' in html
    answer = client.get(API, {"q": "kwartelkonnigen", "exact": "1"}).json()
    assert (answer["total"], answer["did_you_mean"]) == (0, "kwartelkoningen")
    assert (
        "?q=kwartelkoningen"
        in client.get(NL, {"q": "kwartelkonnigen", "exact": "1"}).content.decode()
    )


def test_words_search_would_never_use_are_refused() -> None:
    for text in ("de", "een twee drie vier vijf zes zeven"):
        with pytest.raises(ValidationError):
            SynonymTerm(text=text, language="nl", synonym_set=SynonymSet()).clean()
    SynonymTerm(text="steun voor de opvang", language="nl", synonym_set=SynonymSet()).clean()


def test_editors_edit_sets_in_the_cms(client: Client, library: Any, editor: Any) -> None:
    client.force_login(editor)
    page = client.get(reverse("wagtailsnippets_search_synonymset:list"))
    assert "kwartelkoning = spriet = corn crake" in page.content.decode()
    made = SynonymSet.objects.get()
    edit = reverse("wagtailsnippets_search_synonymset:edit", args=[made.pk])
    assert client.get(edit).status_code == 200
