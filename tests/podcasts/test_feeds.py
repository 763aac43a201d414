"""The feed of a series as apps ask for it."""

from xml.etree import ElementTree

from wagtail.models import PageViewRestriction

import feedparser
import pytest

from podcasts import rss
from podcasts.models import AudioFile, Chapter, EpisodeMention, EpisodePerson
from tests.conftest import published
from tests.podcasts.episodes import make_episode, make_podcast, make_transcript
from tests.podcasts.pictures import make_picture
from tests.podcasts.test_rss import check
from tests.research import make_research

CONTENT = f"{{{rss.NAMESPACES['content']}}}encoded"


@pytest.fixture
def podcast(site_tree):
    return make_podcast(
        site_tree.home,
        artwork=make_picture(),
        owner_email="podcast@example.org",
        licence="CC-BY-4.0",
        funding_url="https://example.org/steun",
        frequency="FREQ=MONTHLY",
        verification="abc",
    )


def full_episode(podcast, study, title="Vol", **values):
    episode = make_episode(
        podcast,
        title,
        season=1,
        number=1,
        notes=[
            ("paragraph", f'<p>Lees <a linktype="page" id="{study.pk}">dit</a>.</p>'),
            ("page_link", {"page": study, "note": "Hier ging het over."}),
        ],
        chapters=[Chapter(start=0, title="Begin"), Chapter(start=60_000, title="Vervolg")],
        people=[EpisodePerson(name="Noor de Wit", role="host")],
        mentions=[EpisodeMention(subject=study, start=33_000)],
        **values,
    )
    make_transcript(episode)
    return episode


def items_of(response):
    return ElementTree.fromstring(response.content).findall("channel/item")


def test_a_feed_from_the_database_keeps_every_rule(podcast, site_tree, client):
    full_episode(podcast, make_research(site_tree.library))
    make_episode(podcast, "Trailer", episode_type="trailer")
    response = client.get(f"{podcast.url}feed.xml")
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tags = check(response.content)
    assert {"podcast:trailer", "podcast:transcript", "psc:chapters", "podcast:txt"} <= tags
    assert not feedparser.parse(response.content).bozo


def test_notes_carry_full_addresses_and_the_studies_with_their_minute(podcast, site_tree, client):
    study = make_research(site_tree.library)
    full_episode(podcast, study)
    notes = items_of(client.get(f"{podcast.url}feed.xml"))[0].findtext(CONTENT)
    link = f'<a href="http://localhost:8000{study.url}">'
    assert notes.count(link) == 3
    assert f"<li>0:33 {link}" in notes
    study.unpublish()
    notes = items_of(client.get(f"{podcast.url}feed.xml"))[0].findtext(CONTENT)
    assert "href" not in notes
    assert "Lees" in notes


def test_the_enclosure_is_the_file_that_is_given_out(podcast, client):
    episode = make_episode(podcast)
    enclosure = items_of(client.get(f"{podcast.url}feed.xml"))[0].find("enclosure")
    answer = client.get(enclosure.get("url").removeprefix("http://localhost:8000"))
    body = b"".join(answer.streaming_content)
    assert str(len(body)) == enclosure.get("length") == str(episode.audio.file_size)
    assert answer.headers["Content-Type"] == enclosure.get("type") == "audio/mpeg"


def test_only_what_can_be_heard_is_in_the_feed(podcast, client):
    make_episode(podcast, "Te horen")
    make_episode(podcast, "Nog niet").unpublish()
    silent = make_episode(podcast, "Zonder opname")
    type(silent).objects.filter(pk=silent.pk).update(audio=None)
    hidden = make_episode(podcast, "Besloten")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    titles = [item.findtext("title") for item in items_of(client.get(f"{podcast.url}feed.xml"))]
    assert titles == ["Te horen"]


def test_queries_do_not_grow_with_the_episodes(
    podcast, site_tree, client, django_assert_num_queries, django_assert_max_num_queries
):
    study = make_research(site_tree.library)
    full_episode(podcast, study)
    address = f"{podcast.url}feed.xml"
    client.get(address)
    with django_assert_max_num_queries(10) as queries:
        client.get(address)
        few = len(queries)
    for number in range(6):
        full_episode(podcast, study, f"Nog {number}", picture=make_picture())
    client.get(address)
    with django_assert_num_queries(few):
        assert len(items_of(client.get(address))) == 7


def test_a_guid_outlives_title_address_and_recording(podcast, client):
    episode = make_episode(podcast)
    before = items_of(client.get(f"{podcast.url}feed.xml"))[0].findtext("guid")
    other = make_episode(podcast, "Ander")
    episode.title, episode.slug, episode.audio = "Hernoemd", "hernoemd", other.audio
    published(episode)
    other.delete()
    after = items_of(client.get(f"{podcast.url}feed.xml"))[0]
    assert after.findtext("title") == "Hernoemd"
    assert after.findtext("guid") == before


def test_asked_again_it_answers_that_nothing_changed(podcast, client):
    episode = make_episode(podcast)
    address = f"{podcast.url}feed.xml"
    first = client.get(address)
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    assert client.get(address, headers={"if-modified-since": day}).status_code == 304
    episode.title = "Verbeterd"
    published(episode)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_long_feed_is_paged(podcast, client, monkeypatch):
    monkeypatch.setattr(rss, "MOST_EPISODES", 2)
    for number in range(5):
        make_episode(podcast, f"Nummer {number}")
    address, titles = f"{podcast.url}feed.xml", []
    while address:
        feed = feedparser.parse(client.get(address).content)
        titles += [entry.title for entry in feed.entries]
        rels = {link.rel: link.href for link in feed.feed.links}
        address = rels.get("next", "").removeprefix("http://localhost:8000")
    assert titles == [f"Nummer {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1.5", "²", "99999999999", "%00"])
def test_a_page_that_is_not_there_is_not_found(podcast, client, page):
    make_episode(podcast)
    assert client.get(f"{podcast.url}feed.xml?page={page}").status_code == 404


def test_a_moved_feed_leads_on_in_both_ways(podcast, client):
    make_episode(podcast)
    podcast.moved_to = "https://elsewhere.example/feed.xml"
    podcast = published(podcast)
    response = client.get(f"{podcast.url}feed.xml")
    assert (response.status_code, response.headers["Location"]) == (301, podcast.moved_to)
    assert "itunes:new-feed-url" in check(response.content)
    assert podcast.moved_to in client.get(podcast.url).content.decode()


def test_an_old_address_of_a_series_keeps_leading_to_its_feed(
    podcast, client, django_capture_on_commit_callbacks
):
    episode = make_episode(podcast)
    make_transcript(episode)
    old, guid = podcast.url, podcast.feed_guid
    podcast.slug = "een-andere-naam"
    with django_capture_on_commit_callbacks(execute=True):
        podcast = published(podcast)
    for ending in ("feed.xml", "aflevering/transcript.vtt", "aflevering/"):
        response = client.get(f"{old}{ending}")
        assert (response.status_code, response.headers.get("Location")) == (
            301,
            f"/nl/een-andere-naam/{ending}",
        )
    assert guid in client.get(f"{podcast.url}feed.xml").content.decode()


def test_a_page_of_the_series_lets_readers_discover_the_feed(podcast, client):
    episode = make_episode(podcast)
    for page in (podcast, episode):
        html = client.get(page.url).content.decode()
        assert (
            f'type="application/rss+xml" title="In gesprek (RSS)" href="{podcast.url}feed.xml"'
            in html
        )


def test_a_recording_that_is_still_elsewhere_plays_from_there(podcast, client):
    audio = AudioFile.objects.create(
        title="Oud", name="oud.mp3", source_url="https://old.example/oud.mp3", duration=60_000
    )
    make_episode(podcast, audio=audio)
    enclosure = items_of(client.get(f"{podcast.url}feed.xml"))[0].find("enclosure")
    assert enclosure.attrib == {
        "url": "https://old.example/oud.mp3", "length": "0", "type": "audio/mpeg",
    }  # fmt: skip


def test_a_head_request_is_answered_without_a_body(podcast, client):
    response = client.head(f"{podcast.url}feed.xml")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"]


def test_both_languages_have_a_feed_of_their_own(podcast, site_tree, client):
    make_episode(podcast)
    english = podcast.copy_for_translation(site_tree.en)
    english.title = "In conversation"
    english = published(english)
    feed = feedparser.parse(client.get(f"{english.url}feed.xml").content)
    assert (feed.feed.title, feed.feed.language, feed.entries) == ("In conversation", "en", [])
    assert english.feed_guid != podcast.feed_guid
