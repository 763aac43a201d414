"""Correcting a transcript: in a table, by more than one person, without losing a word."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from podcasts.cues import Cue, as_rows
from podcasts.models import Transcript
from podcasts.transcripts.editing import key_of
from search.models import IndexRequest
from tests.podcasts.episodes import make_episode, make_podcast, make_transcript

VTT = (
    b"WEBVTT\n\n00:00.000 --> 00:04.000\n<v Noor>Welkom.\n\n00:04.000 --> 00:09.000\n<v Samir>Dag."
)


@pytest.fixture
def episode(site_tree):
    return make_episode(make_podcast(site_tree.home))


@pytest.fixture
def address(episode, client, editor):
    client.force_login(editor)
    return reverse("podcasts_admin:transcript", args=[episode.pk])


def posted(cues, **changed):
    values = {}
    for number, cue in enumerate(cues):
        values |= {
            f"key-{number}": key_of(cue),
            f"start-{number}": str(cue.start / 1000),
            f"end-{number}": str(cue.end / 1000),
            f"speaker-{number}": cue.speaker,
            f"text-{number}": cue.text,
        }
    return values | {name.replace("_", "-"): value for name, value in changed.items()}


def cues_of(episode):
    return Transcript.objects.get(episode=episode).cue_list


def test_a_file_is_read_and_shown(client, address, episode):
    client.post(address, {"do": "upload", "file": SimpleUploadedFile("a.vtt", VTT)})
    transcript = Transcript.objects.get(episode=episode)
    assert (transcript.cue_count, transcript.language, transcript.checked) == (2, "nl", False)
    html = client.get(address).content.decode()
    assert "Welkom." in html
    assert 'value="Samir"' in html


def test_text_that_cannot_be_read_stays_on_screen(client, address, episode):
    typed = "WEBVTT\n\n00:01.000 --> straks\nHallo"
    response = client.post(address, {"do": "upload", "pasted": typed})
    assert not Transcript.objects.exists()
    html = response.content.decode()
    assert "straks" in html
    assert "3" in str(next(iter(response.context["messages"])))


def test_what_was_typed_is_saved_and_search_is_told(client, address, episode):
    cues = make_transcript(episode).cue_list
    IndexRequest.objects.all().delete()
    client.post(address, posted(cues, text_1="Andere woorden.", speaker_1="Ilse"))
    assert cues_of(episode)[1] == Cue(4_000, 33_000, "Andere woorden.", "Ilse")
    assert IndexRequest.objects.exists()


@pytest.mark.parametrize(
    ("act", "count"), [("merge-0", 2), ("split-1", 4), ("remove-1", 2), ("add-2", 4), ("x-9", 3)]
)
def test_the_buttons_of_a_row(client, address, episode, act, count):
    cues = make_transcript(episode).cue_list
    client.post(address, posted(cues, text_2="Ook bewaard.") | {"act": act})
    after = cues_of(episode)
    assert len(after) == count
    assert any(cue.text == "Ook bewaard." for cue in after)


def test_a_split_follows_the_cursor(client, address, episode):
    cues = make_transcript(episode).cue_list
    client.post(address, posted(cues) | {"act": "split-0", "at": "6"})
    assert [cue.text for cue in cues_of(episode)[:2]] == ["Welkom", "bij deze aflevering."]


def test_two_people_correct_different_rows(client, address, episode):
    cues = make_transcript(episode).cue_list
    client.post(address, posted(cues, text_0="Eerst dit."))
    client.post(address, posted(cues, text_0=cues[0].text, text_2="Dan dat."))
    after = [cue.text for cue in cues_of(episode)]
    assert after[2] == "Dan dat."
    assert after[0] == "Eerst dit."


def test_two_people_correct_the_same_row(client, address, episode):
    cues = make_transcript(episode).cue_list
    client.post(address, posted(cues, text_0="Van de een."))
    html = client.post(address, posted(cues, text_0="Van de ander.")).content.decode()
    assert cues_of(episode)[0].text == "Van de een."
    assert "Van de ander." in html


def test_a_wrong_time_keeps_what_was_typed(client, address, episode):
    cues = make_transcript(episode).cue_list
    html = client.post(address, posted(cues, start_1="later", text_1="Getypt")).content.decode()
    assert 'value="later"' in html
    assert "Getypt" in html
    assert cues_of(episode) == cues


def test_a_name_is_changed_everywhere_and_times_are_moved(client, address, episode):
    make_transcript(episode)
    client.post(address, {"do": "rename", "old": "Noor", "new": "Noor de Wit"})
    client.post(address, {"do": "shift", "seconds": "-1,5"})
    assert [cue.speaker for cue in cues_of(episode)] == ["Noor de Wit", "Noor de Wit", "Samir"]
    assert [cue.start for cue in cues_of(episode)] == [0, 2_500, 31_500]
    client.post(address, {"do": "shift", "seconds": "veel"})
    assert cues_of(episode)[1].start == 2_500


def test_checked_and_removed(client, address, episode):
    make_transcript(episode)
    client.post(address, {"do": "check"})
    assert Transcript.objects.get().checked
    client.post(address, {"do": "remove"})
    assert not Transcript.objects.exists()


@pytest.mark.parametrize("form", ["vtt", "srt", "json", "html", "txt"])
def test_it_comes_out_in_every_form(client, address, episode, form):
    make_transcript(episode)
    response = client.get(reverse("podcasts_admin:transcript_file", args=[episode.pk, form]))
    assert response.status_code == 200
    assert "Welkom" in response.content.decode()


def test_thousands_of_cues_come_a_hundred_at_a_time(
    client, address, episode, django_assert_max_num_queries
):
    cues = [Cue(n * 2_000, n * 2_000 + 1_900, f"Zin {n}.", "Noor") for n in range(5_000)]
    make_transcript(episode, *cues)
    with django_assert_max_num_queries(30):
        html = client.get(f"{address}?p=50").content.decode()
    assert html.count("<textarea") == 101
    assert "Zin 4999." in html
    found = client.get(f"{address}?q=zin+4321").content.decode()
    assert "?p=44#row-4321" in found
    assert as_rows(cues) == Transcript.objects.get().cues


def test_search_points_at_the_minute(episode):
    make_transcript(episode)
    passages = list(episode.search_document().passages)
    assert [passage.label for passage in passages] == ["0:00", "0:33"]
    assert passages[1].url == f"{episode.url}#t=33"
    assert "Samir: En over de vraag" in passages[1].text
