"""What listeners see of a series and an episode, and the files under them."""

import json
import re

import pytest

from podcasts.cues import Cue
from podcasts.models import Chapter, EpisodeMention, EpisodePerson, ListeningApp, Transcript
from podcasts.subscribing import openers, qr_svg
from tests.conftest import published
from tests.podcasts.episodes import make_episode, make_podcast, make_transcript
from tests.podcasts.pictures import make_picture
from tests.research import make_research

CHAPTERS = [
    {"start": 0, "title": "Begin"},
    {"start": 61_500, "title": "<Slot> & meer", "url": "https://example.org/"},
]


@pytest.fixture
def podcast(site_tree):
    return make_podcast(site_tree.home, licence="CC-BY-4.0")


@pytest.fixture
def episode(podcast, site_tree):
    made = make_episode(
        podcast,
        number=3,
        season=1,
        chapters=[Chapter(**chapter) for chapter in CHAPTERS],
        people=[EpisodePerson(name="Noor de Wit", role="host")],
        mentions=[EpisodeMention(subject=make_research(site_tree.library), start=754_000)],
    )
    make_transcript(made)
    return made


@pytest.mark.parametrize(
    ("name", "kind", "holds"),
    [
        ("transcript.vtt", "text/vtt; charset=utf-8", "<v Noor>Welkom bij deze aflevering."),
        ("transcript.srt", "application/x-subrip; charset=utf-8", "00:00:33,000 --> 00:01:02,000"),
        ("transcript.txt", "text/plain; charset=utf-8", "Samir: En over de vraag"),
        ("transcript.html", "text/html; charset=utf-8", "<cite>Samir:</cite>"),
        ("chapters.json", "application/json+chapters", '"startTime": 61.5'),
    ],
)
def test_files_for_apps(episode, client, name, kind, holds):
    response = client.get(f"{episode.url}{name}")
    assert response.headers["Content-Type"] == kind
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert holds in response.content.decode()
    again = {"if-none-match": response.headers["ETag"]}
    assert client.get(f"{episode.url}{name}", headers=again).status_code == 304
    assert client.head(f"{episode.url}{name}").status_code == 200


def test_chapters_are_what_the_namespace_asks(episode, client):
    told = json.loads(client.get(f"{episode.url}chapters.json").content)
    assert told == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0.0, "title": "Begin"},
            {"startTime": 61.5, "title": "<Slot> & meer", "url": "https://example.org/"},
        ],
    }


def test_without_words_or_chapters_there_are_no_files(podcast, client):
    bare = make_episode(podcast, "Kaal")
    for name in ("transcript/", "transcript.vtt", "chapters.json", "transcript.pdf"):
        assert client.get(f"{bare.url}{name}").status_code == 404, name
    html = client.get(bare.url).content.decode()
    assert "Lees mee" not in html
    assert "Hoofdstukken" not in html


def test_a_draft_gives_no_files_away(episode, client):
    addresses = [
        episode.url + name for name in ("", "transcript/", "transcript.vtt", "chapters.json")
    ]
    episode.unpublish()
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_an_episode_without_a_recording_says_so(podcast, client):
    silent = make_episode(podcast)
    type(silent).objects.filter(pk=silent.pk).update(audio=None)
    assert "De opname is onderweg." in client.get(silent.url).content.decode()


def test_a_translation_shows_the_words_of_the_same_recording(podcast, episode, site_tree, client):
    parent = published(podcast.copy_for_translation(site_tree.en))
    english = published(episode.copy_for_translation(site_tree.en))
    assert Transcript.objects.count() == 1
    html = client.get(english.url).content.decode()
    assert f"{english.url}transcript/" in html
    words = client.get(f"{english.url}transcript/").content.decode()
    assert '<div class="words" lang="nl"' in words
    assert f"{english.url}transcript.vtt" in client.get(f"{parent.url}feed.xml").content.decode()


def test_two_lines_in_one_second_share_no_anchor(podcast, client):
    episode = make_episode(podcast)
    make_transcript(episode, Cue(1000, 1400, "Ja."), Cue(1500, 1900, "Nee."), Cue(2000, 3000, "O."))
    html = client.get(f"{episode.url}transcript/").content.decode()
    assert re.findall(r'id="(t=\d+)"', html) == ["t=1", "t=2"]
    assert 'data-start="1500"' in html


@pytest.mark.parametrize(
    ("asked", "ending"),
    [("60", "#t=60"), ("0", ""), ("-1", ""), ("1500", ""), ("²", ""), ("9" * 30, ""), ("<", "")],
)
def test_a_moment_in_the_question_reaches_the_plain_player(episode, client, asked, ending):
    html = client.get(episode.url, {"t": asked}).content.decode()
    assert re.search(r'<audio [^>]*src="([^"]+)"', html)[1] == episode.audio.url + ending


def test_studies_stand_with_their_minute_while_they_are_public(episode, client):
    html = client.get(episode.url).content.decode()
    assert "vanaf 12:34" in html
    assert f'href="{episode.url}?t=754#t=754"' in html
    episode.mentions.first().subject.unpublish()
    assert "vanaf 12:34" not in client.get(episode.url).content.decode()


def test_machines_read_what_it_is(podcast, episode, client):
    html = client.get(episode.url).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (told["@type"], told["partOfSeries"]["@type"]) == ("PodcastEpisode", "PodcastSeries")
    assert told["associatedMedia"]["contentUrl"].endswith(episode.audio.url)
    assert told["associatedMedia"]["duration"] == told["timeRequired"] == "PT1500S"
    assert told["episodeNumber"] == 3
    html = client.get(podcast.url).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert told["webFeed"] == f"http://localhost:8000{podcast.url}feed.xml"


def test_hostile_words_stay_words(podcast, client):
    bad = "</script><script>alert(1)</script>\"'&"
    episode = make_episode(
        podcast, bad, slug="kwaad", lead=bad, people=[EpisodePerson(name=bad, role="guest")]
    )
    for address in (episode.url, podcast.url):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_a_citation_names_host_date_series_and_address(episode, client):
    html = client.get(episode.url).content.decode()
    cited = re.search(r'id="cite-episode">(.*?)</p>', html)[1]
    assert re.fullmatch(
        r"Noor de Wit \(Presentator\)\. \(\d{4}, \d+ \w+\)\. Aflevering \([Nn][or]\. 3\) "
        r"\[Podcastaflevering\]\. In In gesprek\. De redactie\. http://localhost:8000\S+",
        cited,
    )


def test_earlier_and_later(podcast, client):
    first, second, third = (make_episode(podcast, name) for name in ("Een", "Twee", "Drie"))
    html = client.get(second.url).content.decode()
    assert f'<a href="{first.url}" rel="prev">' in html
    assert f'<a href="{third.url}" rel="next">' in html
    assert 'rel="next"' not in client.get(third.url).content.decode()


def test_a_series_lists_its_seasons_and_pages(podcast, client):
    podcast.apps = [ListeningApp(name="Spotify", url="https://example.org/s")]
    podcast.artwork = make_picture()
    podcast = published(podcast)
    make_episode(podcast, "Trailer", episode_type="trailer")
    for number in range(31):
        make_episode(podcast, f"Nummer {number}", season=1 + number // 16, number=number + 1)
    html = client.get(podcast.url).content.decode()
    assert html.index("Seizoen 2") < html.index("Nummer 30") < html.index("Seizoen 1")
    assert "Luister naar de nieuwste aflevering" in html
    assert "Hoor de trailer" in html
    assert "Luister op Spotify" in html
    assert "Buiten de seizoenen" not in html
    assert "Buiten de seizoenen" in client.get(f"{podcast.url}?page=2").content.decode()


def test_a_serial_begins_at_its_first_episode(site_tree, client):
    podcast = make_podcast(site_tree.home, series_type="serial")
    for number in (1, 2):
        make_episode(podcast, f"Deel {number}", number=number)
    html = client.get(podcast.url).content.decode()
    assert html.index("Deel 1") < html.index("Deel 2")
    assert "Luister naar de eerste aflevering" in html


def test_an_empty_series_invites_to_subscribe(podcast, client):
    html = client.get(podcast.url).content.decode()
    assert "De eerste aflevering is onderweg" in html
    assert f"http://localhost:8000{podcast.url}feed.xml</code>" in html


def test_the_qr_code_is_a_picture_of_our_own(podcast, client):
    response = client.get(f"{podcast.url}qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    svg = response.content.decode()
    assert svg.startswith("<svg")
    assert "<script" not in svg
    assert "style=" not in svg
    assert qr_svg("a") != qr_svg("b")


def test_apps_are_opened_with_the_feed():
    found = {one.name: one.url for one in openers("https://example.org/nl/a/feed.xml")}
    assert found == {
        "Apple Podcasts": "podcast://example.org/nl/a/feed.xml",
        "AntennaPod": "https://antennapod.org/deeplink/subscribe/"
        "?url=https%3A%2F%2Fexample.org%2Fnl%2Fa%2Ffeed.xml",
        "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2Fnl%2Fa%2Ffeed.xml",
        "Pocket Casts": "pktc://subscribe/example.org/nl/a/feed.xml",
    }
