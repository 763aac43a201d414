"""A search as a feed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from core.announcements import announce
from core.models import Announcement, AnnouncementKind
from search.indexing import process_pending
from tests.conftest import published
from tests.research import make_research
from tests.search.test_query import HOSTILE

pytestmark = pytest.mark.django_db

FEED = "/nl/zoeken/feed"
ATOM = "{http://www.w3.org/2005/Atom}"
MOST_QUERIES = 6


@pytest.fixture
def studies(site_tree: Any) -> list[Any]:
    """Two studies of other days and a third that is about something else."""
    made = [
        make_research(site_tree.library, "Steun van ouder datum", theme=site_tree.theme),
        make_research(site_tree.library, "Steun & <opvang>"),
        make_research(site_tree.library, "Iets heel anders", lead="Niets.", findings=""),
    ]
    for days, page in zip((9, 5, 1), made, strict=True):
        moment = timezone.now() - dt.timedelta(days=days)
        type(page).objects.filter(pk=page.pk).update(first_published_at=moment)
        Announcement.objects.filter(page=page).update(at=moment)
    process_pending()
    return made


def entries(client: Client, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(f"{FEED}/json/", asked)
    assert answer.status_code == 200
    return list(json.loads(answer.content)["items"])


def titles(client: Client, **asked: str) -> list[str]:
    return [entry["title"] for entry in entries(client, **asked)]


def test_newest_first_in_every_form(client: Client, studies: Any) -> None:
    found = ["Steun & <opvang>", "Steun van ouder datum"]
    assert titles(client, q="steun datum opvang")[:2] == found
    rss = ElementTree.fromstring(client.get(f"{FEED}/rss/", {"q": "steun"}).content)
    assert [e.text for e in rss.findall("channel/item/title")][:2] == found
    atom = ElementTree.fromstring(client.get(f"{FEED}/atom/", {"q": "steun"}).content)
    assert [e.text for e in atom.findall(f"{ATOM}entry/{ATOM}title")][:2] == found


def test_filters_narrow_it(client: Client, studies: Any) -> None:
    assert titles(client, q="steun", theme="draagvlak") == ["Steun van ouder datum"]
    assert titles(client, q="steun", year="1999") == []


def test_a_correction_moves_it_up_as_an_entry_of_its_own(client: Client, studies: Any) -> None:
    before = {entry["id"] for entry in entries(client, q="steun")}
    announce(page=studies[0], kind=AnnouncementKind.CORRECTED, note="Er stond 34.")
    published(studies[0])
    process_pending()
    after = entries(client, q="steun")
    assert after[0]["title"] == "Verbeterd: Steun van ouder datum"
    assert after[0]["content_text"] == "Er stond 34."
    ids = [entry["id"] for entry in after]
    assert before < set(ids)
    assert len(ids) == len(set(ids))
    assert [
        hit.title
        for hit in client.get("/nl/zoeken/", {"q": "steun", "sort": "date"}).context["hits"]
    ][0].endswith("ouder datum")


def test_ids_survive_a_new_title(client: Client, studies: Any) -> None:
    before = {entry["id"] for entry in entries(client, q="steun")}
    studies[0].title = "Steun onder een andere naam"
    published(studies[0])
    process_pending()
    assert {entry["id"] for entry in entries(client, q="steun")} == before


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_an_unchanged_feed_is_not_sent_again(client: Client, studies: Any, form: str) -> None:
    address = f"{FEED}/{form}/?q=steun"
    first = client.get(address)
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 304


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_it_is_xml_whatever_was_asked(client: Client, studies: Any, form: str) -> None:
    for question in HOSTILE:
        asked = question.encode("utf-8", "replace").decode()
        answer = client.get(f"{FEED}/{form}/", {"q": asked})
        assert answer.status_code in (200, 404)
        if answer.status_code == 200:
            ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("address", ["rss/", "rss/?q=", "rss/?q=-x", "pdf/?q=steun"])
def test_what_is_no_feed_is_not_found(client: Client, studies: Any, address: str) -> None:
    assert client.get(f"{FEED}/{address}").status_code == 404


def test_one_search_has_one_feed(client: Client, studies: Any) -> None:
    one = client.get(f"{FEED}/atom/?year=2020&year=1999&q=steun&page=3&sort=x&utm=y")
    other = client.get(f"{FEED}/atom/?q=steun&year=1999&year=2020")
    assert one.content == other.content


def test_the_page_offers_its_feeds(client: Client, studies: Any) -> None:
    html = client.get("/nl/zoeken/?q=steun&theme=draagvlak&page=1&sort=date").content.decode()
    address = f"{FEED}/rss/?q=steun&amp;theme=draagvlak"
    assert f'title="Zoeken naar ‘steun’ (RSS)" href="{address}"' in html
    assert "Volg deze zoekopdracht:" in html
    assert "feed/rss" not in client.get("/nl/zoeken/").content.decode()


def test_closed_pages_are_not_in_it(client: Client, studies: Any) -> None:
    studies[1].unpublish()
    assert titles(client, q="steun") == ["Steun van ouder datum"]


def test_without_an_index_it_says_when_to_come_back(client: Client, site_tree: Any) -> None:
    answer = client.get(f"{FEED}/rss/?q=steun")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_few_queries(client: Client, studies: Any) -> None:
    client.get(f"{FEED}/rss/?q=steun")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{FEED}/rss/?q=steun")
    assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"] for query in queries)
