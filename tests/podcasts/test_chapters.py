"""Chapters in every form: JSON, psc, and inside the MP3."""

import json
from xml.etree import ElementTree as ET

from django.core.files.base import ContentFile
from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcasts.audio_storing import store
from podcasts.chapters import PSC, Mark, as_json, as_psc, ends
from podcasts.models import AudioFile, Chapter, EpisodePage
from podcasts.probing import probe
from tests.podcasts.episodes import make_episode, make_podcast
from tests.podcasts.recordings import mp3, tagged

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=20)
MARKS = st.lists(st.builds(Mark, st.integers(0, 9_000_000), TITLES), max_size=5)


@given(MARKS)
def test_json_says_every_chapter(marks):
    said = json.loads(as_json(marks))
    assert said["version"] == "1.2.0"
    assert [row["title"] for row in said["chapters"]] == [mark.title for mark in marks]
    assert [row["startTime"] * 1000 for row in said["chapters"]] == pytest.approx(
        [mark.start for mark in marks]
    )


@given(MARKS)
def test_psc_is_xml_whatever_a_title_holds(marks):
    root = ET.fromstring(as_psc(marks))
    assert root.tag == f"{{{PSC}}}chapters"
    assert [row.get("title") for row in root] == [mark.title for mark in marks]


def test_links_and_pictures_come_along_where_there_are_any():
    mark = Mark(1_500, "Twee & drie", "https://example.org/?a=1&b=2", "https://example.org/p.jpg")
    assert json.loads(as_json([mark]))["chapters"] == [
        {"startTime": 1.5, "title": "Twee & drie", "img": mark.image, "url": mark.url}
    ]
    row = ET.fromstring(as_psc([mark]))[0]
    assert (row.get("start"), row.get("href")) == ("00:00:01.500", mark.url)


def test_a_chapter_ends_where_the_next_begins():
    marks = [Mark(0, "Een"), Mark(5_000, "Twee")]
    assert ends(marks, 9_000) == [5_000, 9_000]
    assert ends([], 9_000) == []


@pytest.fixture
def episode(site_tree):
    file = ContentFile(tagged(mp3(400), "Titel", [(0, "Oud", "")]), "een.mp3")
    audio = store(file, probe(file), name="een.mp3")
    chapters = [
        Chapter(start=0, title="Begin"),
        Chapter(start=5_000, title="Café 🎙", url="https://example.org/"),
    ]
    return make_episode(make_podcast(site_tree.home), audio=audio, chapters=chapters)


def test_an_editor_writes_them_into_a_copy(client, editor, episode):
    client.force_login(editor)
    old = episode.audio
    before = old.file.read()
    address = reverse("podcasts_admin:suggestions", args=[episode.pk])
    client.post(address, {"target": "write"})
    draft = EpisodePage.objects.get(pk=episode.pk).get_latest_revision_as_object()
    assert draft.audio != old
    assert draft.audio.made_from == old
    assert [(row["start"], row["title"], row["url"]) for row in draft.audio.found_chapters] == [
        (0, "Begin", ""),
        (5_000, "Café 🎙", "https://example.org/"),
    ]
    assert draft.audio.found["title"] == "Titel"
    assert draft.audio.duration == old.duration
    episode.refresh_from_db()
    assert episode.audio == old
    assert AudioFile.objects.get(pk=old.pk).file.read() == before
    client.post(address, {"target": "write"})
    assert AudioFile.objects.count() == 2
