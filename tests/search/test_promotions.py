"""Promoted pages: from the editor's form to the top of the results."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from home.models import StandardPage
from search.indexing import process_pending
from search.models import Promotion
from tests.conftest import published
from tests.research import make_research

pytestmark = pytest.mark.django_db

NL, EN = "/nl/zoeken/", "/en/search/"


@pytest.fixture
def library(site_tree: Any) -> dict[str, Any]:
    first = make_research(site_tree.library, "Kwartelkoningen in het veld")
    second = make_research(site_tree.library, "Nog een veld met kwartelkoningen")
    page = StandardPage(title="Doe mee", slug="meedoen", lead="Zo begint u.")
    site_tree.home.add_child(instance=page)
    process_pending()
    return {"first": first, "second": second, "page": published(page), "tree": site_tree}


def promote(page: Any, words: str = "kwartelkoning", **values: Any) -> Promotion:
    made = Promotion(words=words, page=page, **values)
    made.full_clean()
    made.save()
    return made


def shown(client: Client, address: str = NL, **parameters: str) -> list[str]:
    page = client.get(address, {"q": "kwartelkoningen", **parameters})
    assert page.status_code == 200
    return [view.card.title for view in page.context["promoted"]]


def test_it_stands_above_the_results_under_its_name(client: Client, library: Any) -> None:
    promote(library["page"], note="Lees dit eerst")
    html = client.get(NL, {"q": "kwartelkoningen"}).content.decode()
    assert html.index("Uitgelicht door de redactie") < html.index("Doe mee") < html.index("<mark>")
    assert "Lees dit eerst" in html


def test_without_a_note_the_page_speaks_for_itself(client: Client, library: Any) -> None:
    promote(library["page"])
    assert "Zo begint u." in client.get(NL, {"q": "kwartelkoning"}).content.decode()


def test_it_is_not_repeated_in_the_list(client: Client, library: Any) -> None:
    titles = [str(hit.url) for hit in client.get(NL, {"q": "kwartelkoning"}).context["hits"]]
    promote(library["second"])
    page = client.get(NL, {"q": "kwartelkoning"})
    assert shown(client) == ["Nog een veld met kwartelkoningen"]
    assert [hit.url for hit in page.context["hits"]] == [
        url for url in titles if url != library["second"].url
    ]
    promote(library["first"])
    html = client.get(NL, {"q": "kwartelkoning"}).content.decode()
    assert "Niets gevonden" not in html


def test_only_above_the_plain_first_page(client: Client, library: Any) -> None:
    promote(library["page"])
    assert shown(client)
    for narrowed in ({"year": "2020"}, {"kind": "research"}, {"sort": "date"}):
        assert not shown(client, **narrowed)


def test_it_disappears_with_its_page(client: Client, library: Any) -> None:
    promote(library["page"])
    library["page"].unpublish()
    assert not shown(client)
    library["page"].get_latest_revision().publish()
    assert shown(client)
    library["page"].delete()
    assert not shown(client)


@pytest.mark.usefixtures("one_day")
def test_its_period(client: Client, library: Any) -> None:
    today = timezone.localdate()
    made = promote(library["page"], from_day=today + dt.timedelta(1))
    assert not shown(client)
    assert made.state == "Nog niet getoond"
    made.from_day = made.until_day = today
    made.save()
    assert shown(client)
    assert made.state == "Getoond"
    made.from_day, made.until_day = None, today - dt.timedelta(1)
    made.save()
    assert not shown(client)
    assert made.state == "Voorbij"


def test_a_reader_gets_the_translation_where_there_is_one(client: Client, library: Any) -> None:
    promote(library["page"])
    assert shown(client, EN) == ["Doe mee"]
    english = library["page"].copy_for_translation(library["tree"].en)
    english.title, english.slug = "Join", "join"
    english = published(english)
    assert shown(client, EN) == ["Join"]
    assert shown(client, NL) == ["Doe mee"]
    english.unpublish()
    assert shown(client, EN) == ["Doe mee"]


def test_a_question_without_results_still_gets_it(client: Client, library: Any) -> None:
    promote(library["page"], "xylofoonles")
    page = client.get(NL, {"q": "xylofoonles"})
    assert page.context["total"] == 0
    assert "Doe mee" in page.content.decode()


def test_few_queries(client: Client, library: Any) -> None:
    promote(library["page"])
    shown(client, q="veld")
    with CaptureQueriesContext(connection) as without:
        shown(client, q="veld")
    with CaptureQueriesContext(connection) as queries:
        shown(client)
    assert len(queries) <= len(without) + 3, "\n".join(query["sql"] for query in queries)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("de", "de"),
        ("een twee drie vier vijf zes zeven", "te lang"),
        ("vluchteling\nvluchtelingen", "hetzelfde"),
        ("steun\nsteun", "hetzelfde"),
        ("woord\n" * 51, "50"),
    ],
)
def test_words_that_are_no_use_are_refused(library: Any, words: str, part: str) -> None:
    with pytest.raises(ValidationError) as refused:
        promote(library["page"], words)
    assert part in " ".join(refused.value.message_dict["words"])


def test_a_word_is_promoted_once_for_a_page(library: Any) -> None:
    made = promote(library["page"], "steun\nopvang")
    made.full_clean()
    with pytest.raises(ValidationError):
        promote(library["page"], "steunen")
    promote(library["page"], "steun", language="en")
    promote(library["first"], "steun")


def test_a_period_ends_after_it_begins(library: Any) -> None:
    days = {"from_day": dt.date(2026, 2, 2), "until_day": dt.date(2026, 2, 1)}
    with pytest.raises(ValidationError):
        promote(library["page"], **days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promotion.objects.create(words="x", page=library["page"], **days)


def test_editors_make_one_in_the_cms(client: Client, library: Any, editor: Any) -> None:
    client.force_login(editor)
    add = reverse("wagtailsnippets_search_promotion:add")
    html = client.get(add, {"words": "xylofoon", "lang": "nl"}).content.decode()
    assert "xylofoon" in html
    library["page"].unpublish()
    values = {"words": "xylofoon", "language": "nl", "page": library["page"].pk, "note": ""}
    answer = client.post(add, values, follow=True)
    html = answer.content.decode()
    assert "niet gepubliceerd" in html
    assert Promotion.objects.get().lines == ["xylofoon"]
    assert "Niet getoond" in html


def test_a_synonym_set_begins_with_the_words_of_the_address(
    client: Client, library: Any, editor: Any
) -> None:
    client.force_login(editor)
    add = reverse("wagtailsnippets_search_synonymset:add")
    page = client.get(add, {"words": "xylofoon", "lang": "en"})
    assert 'value="xylofoon"' in page.content.decode()
    assert client.get(add, {"words": "\x00" * 3000, "lang": "xx"}).status_code == 200
