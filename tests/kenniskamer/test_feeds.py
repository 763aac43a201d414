"""Feeds of the library: three forms, any filter, valid whatever the text."""

import datetime as dt
import json
from xml.etree import ElementTree

from django.utils import timezone

import pytest

from core.feeds import Entry, Feed, as_xml
from kenniskamer.models import ResearchPage
from tests.conftest import published
from tests.kenniskamer.test_versions import publish_with
from tests.research import make_research

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "Steun & <b>tegen</b> \x0b\x00\ufffe“steun” ]]> 🙂 \ud800"


@pytest.fixture
def studies(site_tree):
    first = make_research(site_tree.library, "Oudste", theme=site_tree.theme)
    second = make_research(site_tree.library, "Nieuwste", published_year=1999)
    for study, days in ((first, 10), (second, 5)):
        ResearchPage.objects.filter(pk=study.pk).update(
            first_published_at=timezone.now() - dt.timedelta(days=days)
        )
    return ResearchPage.objects.get(pk=first.pk), ResearchPage.objects.get(pk=second.pk)


def titles(answer, form):
    if form == "json":
        return [item["title"] for item in json.loads(answer.content)["items"]]
    root = ElementTree.fromstring(answer.content)
    names = f"{ATOM}entry/{ATOM}title" if form == "atom" else "channel/item/title"
    return [element.text for element in root.findall(names)]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("rss", "application/rss+xml"),
        ("atom", "application/atom+xml"),
        ("json", "application/feed+json"),
    ],
)
def test_every_form_has_the_same_entries_newest_first(client, studies, site_tree, form, media_type):
    answer = client.get(f"{site_tree.library.url}feed/{form}/")
    assert answer.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert titles(answer, form) == ["Nieuwste", "Oudste"]


@pytest.mark.parametrize(
    ("query", "found", "title"),
    [
        ("?theme=draagvlak", ["Oudste"], "Onderzoek: Draagvlak"),
        ("?year=1999", ["Nieuwste"], "Onderzoek: 1999"),
        ("?theme=draagvlak&year=1999", [], "Onderzoek: Draagvlak, 1999"),
        ("?theme=bestaatniet", [], "Onderzoek"),
        ("?page=2&sort=title", ["Nieuwste", "Oudste"], "Onderzoek"),
        ("?theme=%00&year=%00", ["Nieuwste", "Oudste"], "Onderzoek"),
    ],
)
def test_a_feed_takes_the_filters_of_the_list(client, studies, site_tree, query, found, title):
    answer = client.get(f"{site_tree.library.url}feed/json/{query}")
    assert titles(answer, "json") == found
    assert json.loads(answer.content)["title"] == title


def test_a_correction_is_an_entry_of_its_own_with_its_own_id(client, studies, site_tree):
    address = f"{site_tree.library.url}feed/atom/"
    before = ElementTree.fromstring(client.get(address).content)
    study = publish_with(studies[0], "Er stond 34.")
    after = ElementTree.fromstring(client.get(address).content)
    entry = after.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Gecorrigeerd: Oudste"
    assert entry.find(f"{ATOM}summary").text == "Er stond 34."
    assert entry.find(f"{ATOM}link").get("href").endswith(f"{study.url}#melding-1")
    known = {element.text for element in before.iter(f"{ATOM}id")}
    ids = [element.text for element in after.iter(f"{ATOM}id")]
    assert known < set(ids) and len(ids) == len(set(ids))


def test_ids_survive_a_new_title_and_address(client, studies, site_tree):
    address = f"{site_tree.library.url}feed/json/"
    ids = {item["id"] for item in json.loads(client.get(address).content)["items"]}
    study = studies[0]
    study.title, study.slug = "Anders", "anders"
    published(study)
    assert {item["id"] for item in json.loads(client.get(address).content)["items"]} == ids


def test_each_language_has_its_own_feed(client, studies, site_tree):
    english = studies[0].copy_for_translation(site_tree.en)
    english.title = "Oldest"
    published(english)
    answer = client.get(f"{site_tree.library_en.url}feed/rss/")
    assert titles(answer, "rss") == ["Oldest"]
    root = ElementTree.fromstring(answer.content)
    assert root.find("channel/language").text == "en"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_xml_is_valid_whatever_the_text(form):
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    entry = Entry("urn:x:1", NASTY, "https://example.org/", NASTY, moment, "nl", (NASTY,), (NASTY,))
    feed = Feed("urn:x:0", NASTY, NASTY, "https://example.org/", "/feed/", "nl", NASTY, [entry])
    text = as_xml(feed, form)
    assert ElementTree.fromstring(text.encode("utf-8", "strict")) is not None


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_an_unchanged_feed_is_not_sent_again(client, site_tree, studies, form):
    address = f"{site_tree.library.url}feed/{form}/"
    first = client.get(address)
    assert client.get(address).content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    later = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert later.status_code == 304


def test_an_empty_library_has_a_feed_that_stays_the_same(client, site_tree):
    address = f"{site_tree.library.url}feed/atom/"
    assert client.get(address).content == client.get(address).content


def test_what_is_not_public_is_not_in_it(client, studies, site_tree):
    publish_with(studies[0], "Er stond 34.").unpublish()
    assert titles(client.get(f"{site_tree.library.url}feed/rss/"), "rss") == ["Nieuwste"]


def test_pages_name_their_feeds(client, studies, site_tree):
    library = site_tree.library.url
    for address in ("/nl/", library, studies[0].url):
        html = client.get(address).content.decode()
        assert (
            f'type="application/atom+xml" title="Onderzoek (Atom)" href="{library}feed/atom/"'
            in html
        )
    narrowed = client.get(f"{library}?theme=draagvlak&page=1").content.decode()
    assert f'href="{library}feed/rss/?theme=draagvlak"' in narrowed


def test_queries_do_not_grow_with_the_library(client, site_tree, django_assert_max_num_queries):
    address = f"{site_tree.library.url}feed/atom/"
    for number in range(3):
        make_research(site_tree.library, f"Studie {number}", theme=site_tree.theme)
    client.get(address)
    with django_assert_max_num_queries(13):
        client.get(address)
    for number in range(12):
        make_research(site_tree.library, f"Meer {number}", theme=site_tree.theme)
    with django_assert_max_num_queries(13):
        assert len(titles(client.get(address), "atom")) == 15
