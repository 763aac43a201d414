"""The configuration of nginx that operators get, with a real nginx before the site."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.download_counts import totals
from core.listeners import waiting
from podcasts.audio_views import count_key
from tests.conftest import missing
from tests.nginx import nginx, nginx_path
from tests.podcasts.episodes import make_audio, make_episode, make_podcast

SOUND = b"ID3" + bytes(range(256)) * 400
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def episode(site_tree: Any, settings: Any) -> Any:
    settings.FILES_BY = "nginx"
    settings.TRUSTED_PROXY = True
    waiting.take()
    return make_episode(make_podcast(site_tree.home), audio=make_audio(SOUND, "twee woorden.mp3"))


@pytest.fixture
def front(episode: Any, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of nginx before the site."""
    path = nginx_path()
    if not path:
        missing("nginx", "install nginx to run the tests of its configuration.")
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx(path, folder, live_server.url, Path(settings.MEDIA_ROOT)) as (address, _process):
        yield address


def ask(url: str, **headers: str) -> tuple[int, Any, bytes]:
    """Return status, headers and body."""
    named = {"User-Agent": "App", **{name.replace("_", "-"): v for name, v in headers.items()}}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=named), timeout=20
        ) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_nginx_gives_out_what_the_hub_allows(episode: Any, front: str) -> None:
    url = front + episode.audio.url
    status, headers, body = ask(url)
    assert (status, body) == (200, SOUND)
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Accept-Ranges"] == "bytes"
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "twee" in headers["Content-Disposition"]
    tag = headers["ETag"]
    assert ask(url, Range="bytes=5-9")[::2] == (206, SOUND[5:10])
    assert ask(url, Range="bytes=-5")[::2] == (206, SOUND[-5:])
    assert ask(url, Range="bytes=0-1,5-6")[::2] == (200, SOUND)
    assert ask(url, Range="bytes=5-9", If_Range=tag)[0] == 206
    assert ask(url, Range="bytes=5-9", If_Range='"other"')[0] == 200
    assert ask(url, Range=f"bytes={len(SOUND)}-")[0] == 416
    assert ask(url, If_None_Match=tag)[0] == 304


def test_nobody_reaches_a_stored_file_without_the_hub(episode: Any, front: str) -> None:
    assert ask(f"{front}/stored-files/{episode.audio.file.name}")[0] == 404
    draft = make_audio(b"ID3 concept", "concept.mp3")
    assert ask(front + draft.url)[0] == 404


def test_listeners_behind_nginx_are_told_apart_by_their_own_address(
    episode: Any, front: str
) -> None:
    for forwarded in ("198.51.100.1", "198.51.100.2"):
        # A visitor can claim anything; nginx says who it really was.
        ask(front + episode.audio.url, X_Forwarded_For=forwarded)
    waiting.write_waiting()
    assert totals([count_key(episode)]) == {count_key(episode): 1}
