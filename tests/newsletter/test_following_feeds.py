import datetime as dt

from django.utils import timezone

import feedparser
import pytest

from core.announcements import announce
from core.models import Announcement, AnnouncementKind
from tests.conftest import published
from tests.newsletter.follows import DAY, publish

pytestmark = pytest.mark.django_db

FEED = "/nl/volgen/feed/{}/?theme=draagvlak"


def read(client, form, language="nl"):
    word = "volgen" if language == "nl" else "follow"
    answer = client.get(f"/{language}/{word}/feed/{form}/?theme=draagvlak")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return answer, found.entries


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_theme_is_a_feed_of_what_is_new_and_corrected(client, site_tree, form):
    long_ago = timezone.now() - 300 * DAY
    page = publish(site_tree, "Oud", long_ago)
    publish(site_tree, "Nieuw", timezone.now() - DAY)
    announce(page=page, kind=AnnouncementKind.CORRECTED, note="Er stond 34 procent.")
    _answer, entries = read(client, form)
    assert [entry.title for entry in entries] == ["Verbeterd: Oud", "Nieuw", "Oud"]
    assert entries[0].summary == "Er stond 34 procent."
    assert len({entry.id for entry in entries}) == 3


def test_what_is_unchanged_is_not_sent_again(client, site_tree):
    publish(site_tree, "Nieuw", timezone.now() - DAY)
    first = client.get(FEED.format("rss"))
    assert first["X-Robots-Tag"] == "noindex"
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(FEED.format("rss"), headers=header).status_code == 304


def test_numbers_stay_and_are_those_of_the_library(client, site_tree):
    page = publish(site_tree, "Nieuw", timezone.now() - DAY)
    _answer, (before,) = read(client, "atom")
    library = feedparser.parse(client.get(f"{site_tree.library.url}feed/atom/").content)
    assert [entry.id for entry in library.entries] == [before.id]
    page.title = "Nieuwer"
    published(page)
    _answer, (after,) = read(client, "atom")
    assert (after.id, after.title) == (before.id, "Nieuwer")


def test_each_language_gives_its_own_page_of_a_work(client, site_tree):
    page = publish(site_tree, "Nieuw", timezone.now() - DAY)
    other = page.copy_for_translation(site_tree.en)
    other.title = "New study"
    published(other)
    Announcement.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    assert [entry.title for entry in read(client, "rss")[1]] == ["Nieuw"]
    assert [entry.title for entry in read(client, "rss", "en")[1]] == ["New study"]


def test_pages_lead_to_the_feeds_and_the_feeds_to_pages(client, site_tree):
    html = client.get("/nl/volgen/?theme=draagvlak").content.decode()
    assert 'rel="alternate" type="application/rss+xml"' in html
    assert "/nl/volgen/feed/rss/?theme=draagvlak" in html
    search = client.get("/nl/volgen/?q=wantrouwen").content.decode()
    assert "/nl/zoeken/feed/rss/?q=wantrouwen" in search
    moved = client.get("/nl/volgen/feed/rss/?q=wantrouwen")
    assert (moved.status_code, moved.url) == (301, "/nl/zoeken/feed/rss/?q=wantrouwen")


@pytest.mark.parametrize("address", ["rss/", "xml/?theme=draagvlak", "rss/?theme=bestaatniet"])
def test_what_is_no_feed_is_not_found(client, site_tree, address):
    assert client.get(f"/nl/volgen/feed/{address}").status_code == 404


def test_a_theme_without_news_is_an_empty_feed(client, site_tree):
    answer, entries = read(client, "rss")
    assert (answer.status_code, entries) == (200, [])
