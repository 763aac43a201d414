"""Recordings at the address of their bytes: ranges, caching, who may hear, and who counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.urls import reverse

import pytest

from core.download_counts import totals
from core.listeners import waiting
from podcasts.audio_views import count_key
from podcasts.models import AudioFile, EpisodePage
from podcasts.models.audio import recordings
from tests.core.test_downloads import body
from tests.podcasts.episodes import make_audio, make_episode, make_podcast

SOUND = b"ID3" + bytes(range(256)) * 4
APP = {"user-agent": "Luisterapp/1.0"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def episode(site_tree: Any) -> Iterator[EpisodePage]:
    waiting.take()
    yield make_episode(make_podcast(site_tree.home), audio=make_audio(SOUND))
    waiting.take()


def listened(episode: EpisodePage) -> int:
    waiting.write_waiting()
    key = count_key(episode)
    return totals([key]).get(key, 0)


def test_the_whole_recording_with_what_apps_ask(episode: EpisodePage, client: Any) -> None:
    response = client.get(episode.audio.url, headers={"accept-encoding": "gzip"})
    assert body(response) == SOUND
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Content-Length"] == str(len(SOUND))
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{episode.audio.sha256}"'
    assert "immutable" in response["Cache-Control"] and "31536000" in response["Cache-Control"]
    assert not response.has_header("Content-Encoding") and not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("header", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=100-199", 206, slice(100, 200)),
        ("bytes=1000-", 206, slice(1000, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=9999-", 416, slice(0, 0)),
    ],
)
def test_ranges(episode: EpisodePage, client: Any, header: str, status: int, part: slice) -> None:
    response = client.get(episode.audio.url, headers={"range": header})
    assert (response.status_code, body(response)) == (status, SOUND[part])
    if status == 416:
        assert response["Content-Range"] == f"bytes */{len(SOUND)}"


def test_head_and_conditions(episode: EpisodePage, client: Any) -> None:
    url = episode.audio.url
    head = client.head(url, headers={"range": "bytes=0-1"})
    assert (head.status_code, head["Content-Length"]) == (200, str(len(SOUND)))
    seen = {"if-modified-since": head["Last-Modified"]}
    assert client.get(url, headers=seen).status_code == 304
    assert client.head(url, headers=seen).status_code == 304
    assert client.get(url, headers={"if-none-match": head["ETag"]}).status_code == 304
    assert client.get(url, headers={"if-match": '"other"'}).status_code == 412
    resumed = {"range": "bytes=5-", "if-range": head["Last-Modified"]}
    assert client.get(url, headers=resumed).status_code == 206
    assert client.post(url).status_code == 405


def test_what_is_not_public_is_heard_by_editors_only(
    episode: EpisodePage, client: Any, editor: Any
) -> None:
    draft = make_audio(b"ID3 concept", "concept.mp3")
    assert client.get(draft.url).status_code == 404
    client.force_login(editor)
    response = client.get(draft.url, headers=APP)
    assert (response.status_code, response["Cache-Control"]) == (
        200,
        "private, no-store, no-transform",
    )
    assert listened(episode) == 0


def test_a_recording_that_was_replaced_counts_for_its_episode(
    episode: EpisodePage, client: Any
) -> None:
    client.get(episode.audio.url, headers=APP)
    earlier, episode.audio = episode.audio, make_audio(b"ID3 nieuw", "nieuw.mp3")
    episode.save_revision().publish()
    client.get(earlier.url, headers={"user-agent": "Andere app"})
    assert listened(episode) == 2


def test_the_object_store_gives_out_what_it_keeps(
    episode: EpisodePage, client: Any, monkeypatch: Any
) -> None:
    store = InMemoryStorage(base_url="https://files.example.org/signed/")
    monkeypatch.setattr(AudioFile._meta.get_field("file"), "storage", store)
    response = client.get(episode.audio.url, headers=APP)
    assert response.status_code == 302
    assert response["Location"] == f"https://files.example.org/signed/{episode.audio.file.name}"
    assert "no-store" in response["Cache-Control"]
    assert listened(episode) == 1


def test_an_operator_names_the_store(settings: Any) -> None:
    assert isinstance(recordings(), FileSystemStorage)
    memory = {
        "BACKEND": "django.core.files.storage.InMemoryStorage",
        "OPTIONS": {"base_url": "/x/"},
    }
    settings.STORAGES = {**settings.STORAGES, "audio": memory}
    assert recordings().url("a.mp3") == "/x/a.mp3"


def test_pages_may_play_from_that_store(client: Any, site_tree: Any, settings: Any) -> None:
    settings.AUDIO_ORIGIN = "https://files.example.org"
    policy = client.get("/nl/")["Content-Security-Policy"]
    assert "media-src 'self' https://files.example.org" in policy


def test_editors_see_the_listeners_and_others_do_not(
    episode: EpisodePage, client: Any, editor: Any
) -> None:
    client.get(episode.audio.url, headers=APP)
    assert listened(episode) == 1
    report = reverse("podcasts_admin:listeners")
    assert client.get(report).status_code == 302
    client.force_login(editor)
    page = client.get(report).text
    assert "Aflevering" in page and page.count('role="img"') == 1 and "<td>1</td>" in page
    rows = client.get(report, {"export": "csv"}).text.splitlines()
    assert rows[1].startswith("Aflevering,") and rows[1].endswith(",1")
