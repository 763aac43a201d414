"""Transcripts in every form: read as people write them, given out without loss."""

import html
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcasts.cues import Cue
from podcasts.passages import grouped, passages_of
from podcasts.transcripts import editing
from podcasts.transcripts.reading import read_transcript
from podcasts.transcripts.text import TranscriptError
from podcasts.transcripts.writing import FORMS, as_html, as_srt, as_text, as_vtt, turns

NAMES = st.sampled_from(["Noor", "Samir de Boer", "Jan van ’t Hof", "Spreker 2"])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=":"),
    min_size=1,
    max_size=12,
).filter(lambda word: "--" not in word and "{" not in word)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@st.composite
def transcripts(draw, texts=TEXTS):
    """Some minutes of talk, all of it by people with names."""
    start, cues = 0, []
    for _number in range(draw(st.integers(1, 8))):
        end = start + draw(st.integers(1, 20_000))
        cues.append(Cue(start, end, draw(texts), draw(NAMES)))
        start = end
    return tuple(cues)


@given(transcripts())
@settings(max_examples=80)
def test_vtt_comes_back_as_it_was(cues):
    assert read_transcript(as_vtt(cues).encode()).cues == cues


@given(transcripts())
@settings(max_examples=80)
def test_json_comes_back_as_it_was(cues):
    assert read_transcript(FORMS["json"].write(cues).encode()).cues == cues


@given(transcripts(TEXTS.filter(lambda text: not set("<>&") & set(text))))
@settings(max_examples=80)
def test_srt_comes_back_as_it_was(cues):
    assert read_transcript(as_srt(cues).encode()).cues == cues


@given(transcripts())
@settings(max_examples=40)
def test_html_and_text_hold_every_word_and_no_markup_of_others(cues):
    page = as_html(cues)
    for cue in cues:
        assert html.escape(cue.text) in page
        assert cue.text in as_text(cues)
    assert page.count("<p>") == len(list(turns(cues)))


@given(st.binary(max_size=600))
@settings(max_examples=150)
def test_any_bytes_give_cues_or_one_sentence(data):
    for prefix in (b"", b"WEBVTT\n\n", b"1\n00:00:01,000 --> 00:00:02,000\n"):
        try:
            cues = read_transcript(prefix + data, 60_000).cues
        except TranscriptError as error:
            assert str(error).endswith((".", "”."))
        else:
            assert cues
            assert all(cue.text and cue.start <= cue.end for cue in cues)


TOLERATED = {
    "a byte order mark": "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHallo",
    "windows line ends": "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHallo\r\n",
    "a heading, notes and styles": (
        "WEBVTT - titel\nKind: captions\n\nNOTE dit\nis niets\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start\n<i>Hallo</i>"
    ),
    "a comma for a point": "1\n00:00:01,000 --> 00:00:02,000\nHallo",
    "a point for a comma": "1\n00:00:01.000 --> 00:00:02.000\nHallo",
    "no numbers": "00:00:01,000 --> 00:00:02,000\nHallo",
    "positions": "1\n00:00:01,000 --> 00:00:02,000 X1:40 Y1:20\n{\\an8}Hallo",
    "an old arrow": "WEBVTT\n\n00:01.000  -->  00:02.000\nHallo",
}


@pytest.mark.parametrize("text", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_programs_write_is_read(text):
    assert read_transcript(text.encode()).cues == (Cue(1_000, 2_000, "Hallo"),)


def test_cues_without_an_empty_line_between_them():
    text = "1\n00:00:01,000 --> 00:00:02,000\nEen\n2\n00:00:02,000 --> 00:00:03,000\nTwee\n"
    assert [cue.text for cue in read_transcript(text.encode()).cues] == ["Een", "Twee"]


def test_two_voices_in_one_cue():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Noor>Ja &amp; nee</v>\n<v Samir>Nee"
    assert read_transcript(text.encode()).cues == (
        Cue(1_000, 2_000, "Ja & nee", "Noor"),
        Cue(1_000, 2_000, "Nee", "Samir"),
    )


def test_windows_letters_are_read():
    data = "1\n00:00:01,000 --> 00:00:02,000\nCafé".encode("cp1252")
    assert read_transcript(data).cues[0].text == "Café"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("WEBVTT\n\n00:01.000 --> later\nHallo", "3"),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\nHallo", "3"),
        ("WEBVTT\n\nlosse woorden hier\n\n00:01.000 --> 00:02.000\nHallo", "3"),
        ("WEBVTT\n", "."),
        ("", "."),
        ("WEBVTT\n\n999:00:00.000 --> 999:00:01.000\nHallo", "Hallo"),
        ('{"segments": [{"startTime": "x", "body": 1}]}', "segments"),
        ('{"segments": 3, "startTime": 1}', "segments"),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text, part):
    with pytest.raises(TranscriptError, match=part):
        read_transcript(text.encode())


@pytest.mark.parametrize("data", [b"\x00\x01binary", b"x" * 5_000_001])
def test_what_is_no_transcript_is_refused(data):
    with pytest.raises(TranscriptError):
        read_transcript(data)


def test_names_before_a_colon_are_speakers():
    text = "Noor: Welkom.\n\nSamir: Dank je.\n\nKortom: het werkt.\n"
    read = read_transcript(text.encode(), 30_000)
    assert read.estimated
    assert [cue.speaker for cue in read.cues] == ["Noor", "Samir", "Samir"]
    assert read.cues[0].start == 0
    assert read.cues[-1].end == 30_000


def test_one_colon_makes_no_speaker():
    text = "Welkom allemaal.\n\nVandaag: de buurt.\n"
    assert {cue.speaker for cue in read_transcript(text.encode(), 9_000).cues} == {""}


@pytest.mark.parametrize(
    "text",
    [
        "00:00 Noor: Welkom.\n01:15 Samir: Dank je.",
        "[0:00] Noor: Welkom.\n[1:15] Samir: Dank je.",
        "Noor (00:00):\nWelkom.\nSamir (00:01:15):\nDank je.",
    ],
)
def test_plain_text_with_times(text):
    read = read_transcript(text.encode(), 90_000)
    assert not read.estimated
    assert read.cues == (
        Cue(0, 75_000, "Welkom.", "Noor"),
        Cue(75_000, 90_000, "Dank je.", "Samir"),
    )


def test_the_types_are_those_of_the_namespace():
    assert {form.content_type for form in FORMS.values()} == {
        "text/vtt",
        "application/x-subrip",
        "application/json",
        "text/html",
        "text/plain",
    }
    assert json.loads(FORMS["json"].write([Cue(0, 500, "Ja", "Noor")]))["segments"][0] == {
        "speaker": "Noor",
        "startTime": 0.0,
        "endTime": 0.5,
        "body": "Ja",
    }


# --- Correcting -------------------------------------------------------------------

TALK = (
    Cue(0, 4_000, "Een zin. Nog een zin.", "Noor"),
    Cue(4_000, 6_000, "Antwoord", "Samir"),
    Cue(6_000, 9_000, "Slot", "Noor"),
)


def test_merging_and_splitting_are_each_others_opposite():
    split = editing.divided(TALK, 0)
    assert [cue.text for cue in split[:2]] == ["Een zin.", "Nog een zin."]
    assert split[0].end == split[1].start
    assert editing.merged(split, 0) == TALK


@given(transcripts(), st.integers(-1, 9), st.integers(-1, 30))
@settings(max_examples=60)
def test_no_correction_loses_a_word(cues, index, at):
    words = " ".join(cue.text for cue in cues).split()
    joined = "".join(words)
    for changed in (
        editing.divided(cues, index, at),
        editing.merged(cues, index),
        editing.renamed(cues, "Noor", "Nora"),
        editing.shifted(cues, -5_000),
    ):
        assert "".join("".join(cue.text for cue in changed).split()) == joined
        assert all(0 <= cue.start <= cue.end for cue in changed)


def test_a_row_on_a_screen_finds_its_cue_back():
    key = editing.key_of(TALK[2])
    assert editing.find(TALK, 2, key) == 2
    assert editing.find(editing.merged(TALK, 0), 2, key) == 1
    assert editing.find(editing.renamed(TALK, "Noor", "Nora"), 2, key) is None


# --- Passages ---------------------------------------------------------------------


@given(transcripts())
@settings(max_examples=60)
def test_passages_hold_every_cue_once_and_have_places_of_their_own(cues):
    assert [cue for group in grouped(cues) for cue in group] == list(cues)
    places = [passage.locator for passage in passages_of(cues, "/nl/x/", "nl")]
    assert len(places) == len(set(places))


def test_a_passage_ends_with_a_sentence_and_names_its_minute():
    cues = [Cue(n * 10_000, (n + 1) * 10_000, f"Zin {n}.", "Noor") for n in range(12)]
    found = list(passages_of(cues, "/nl/x/", "nl"))
    assert [passage.label for passage in found] == ["0:00", "0:30", "1:00", "1:30"]
    assert found[1].url == "/nl/x/#t=30"
    assert found[0].text == "Noor: Zin 0. Zin 1. Zin 2."


def test_a_passage_without_sentences_ends_all_the_same():
    cues = [Cue(n * 10_000, (n + 1) * 10_000, "en zo verder") for n in range(30)]
    assert all(group[-1].end - group[0].start <= 60_000 for group in grouped(cues))
