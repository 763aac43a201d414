"""What readers see: only what went out, without anybody's personal links."""

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest

from newsletter.models import EditionPage
from newsletter.publishing import publish_missing
from search.indexing import process_pending
from tests.newsletter.editions import as_sent, make_edition, make_newsletters
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsletter(site_tree):
    dutch, _english = make_newsletters(site_tree)
    make_research(site_tree.library, "Studie over luisteren")
    return dutch


def page_of(edition, language="nl"):
    return EditionPage.objects.get(edition=edition, locale__language_code=language)


def everywhere(client, newsletter):
    process_pending()
    addresses = [
        newsletter.url,
        f"{newsletter.url}feed/rss/",
        "/sitemap.xml",
        "/nl/zoeken/?q=onderwerp",
    ]
    return "\n".join(client.get(address).content.decode() for address in addresses)


def test_a_draft_is_public_nowhere(client, newsletter):
    page = page_of(make_edition())
    assert client.get(page.url).status_code == 404
    assert page.url not in everywhere(client, newsletter)


def test_what_went_out_is_public_everywhere(client, newsletter):
    page = page_of(as_sent(make_edition()))
    html = client.get(page.url).content.decode()
    assert "Studie over luisteren" in html
    assert "@@" not in html
    assert page.url in everywhere(client, newsletter)
    [jsonld] = re.findall(r'<script type="application/ld\+json">(.+?)</script>', html)
    assert json.loads(jsonld)["headline"] == page.content.title


def test_the_archive_shows_what_was_approved(client, newsletter, site_tree):
    page = page_of(as_sent(make_edition()))
    study = site_tree.library.get_children().get(title="Studie over luisteren").specific
    study.title = "Anders genoemd"
    study.save_revision().publish()
    assert "Studie over luisteren" in client.get(page.url).content.decode()


def test_the_feed_tells_each_edition_once(client, newsletter):
    page = page_of(as_sent(make_edition()))
    root = ElementTree.fromstring(client.get(f"{newsletter.url}feed/rss/").content)
    items = root.findall("./channel/item")
    assert [item.findtext("title") for item in items] == [page.content.title]
    assert "Studie over luisteren" in items[0].findtext("description")
    assert client.get(f"{newsletter.url}feed/onzin/").status_code == 404


def test_the_archive_is_flat(client, newsletter, django_assert_max_num_queries, site_tree):
    for number in range(3):
        make_research(site_tree.library, f"Nieuw {number}")
        as_sent(make_edition())
    client.get(newsletter.url)
    with django_assert_max_num_queries(15):
        html = client.get(newsletter.url).content.decode()
    assert html.count('class="card"') == 3


def test_an_empty_archive_says_so(client, newsletter):
    assert "De eerste editie is onderweg" in client.get(newsletter.url).content.decode()


def test_what_a_dead_process_left_is_published(newsletter):
    edition = as_sent(make_edition())
    EditionPage.objects.update(live=False)
    publish_missing()
    assert page_of(edition).live
    assert page_of(edition, "en").live


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feed_readers_take_the_feed_as_it_is(client, newsletter, language, form):
    page = page_of(as_sent(make_edition()), language)
    found = feedparser.parse(client.get(f"{page.get_parent().url}feed/{form}/").content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.title == page.get_parent().title
    assert found.feed.language == language
    [entry] = found.entries
    assert entry.link == f"http://localhost:8000{page.url}"
    assert entry.title == page.content.title
    assert entry.id.startswith("urn:uuid:")
    assert entry.get("published_parsed") or entry.get("updated_parsed")
    assert "@@" not in entry.summary


def test_an_english_edition_is_found_in_english(client, newsletter):
    page = page_of(as_sent(make_edition()), "en")
    process_pending()
    assert page.url in client.get("/en/search/?q=newsletter").content.decode()
