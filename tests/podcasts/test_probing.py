"""What a recording is, and what is refused: by the bytes, not by the name."""

from django.core.files.base import ContentFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcasts import mpeg
from podcasts.audio_storing import file_name, store
from podcasts.models import AudioFile
from podcasts.probing import AudioRefused, picture_in, probe
from tests.podcasts.recordings import m4a, mp3, tagged

CHAPTERS = [(0, "Begin", ""), (1_000, "Steun in de buurt", "https://example.org/")]


def probed(data, name="opname.mp3"):
    return probe(ContentFile(data, name))


def test_the_length_of_a_constant_bit_rate_is_that_of_its_frames():
    found = probed(mp3(100))
    assert (found.kind, found.duration) == ("mp3", 100 * 1152 * 1000 // 44100)
    assert (found.channels, found.sample_rate) == (1, 44100)
    assert 63_000 < found.bit_rate < 65_000


def test_a_varying_bit_rate_without_a_header_is_counted():
    assert probed(mp3(300, (32, 128))).duration == 300 * 1152 * 1000 // 44100


def test_the_header_frame_is_no_sound():
    assert probed(mp3(100, promised=100)).duration == 100 * 1152 * 1000 // 44100


def test_sound_after_noise_is_found_again():
    data = mp3(50) + b"noise" * 20 + mp3(50)
    assert probed(data).duration == 100 * 1152 * 1000 // 44100


def test_what_an_mp3_says_about_itself():
    found = probed(tagged(mp3(200), "Aflevering\x00 een", CHAPTERS))
    assert found.title == "Aflevering"
    assert found.chapters == [
        {"start": start, "title": title, "url": url} for start, title, url in CHAPTERS
    ]
    assert found.picture


def test_the_picture_comes_out():
    file = ContentFile(tagged(mp3(20)), "x.mp3")
    assert picture_in(file) == ("image/png", b"\x89PNG picture")
    assert picture_in(ContentFile(mp3(20), "x.mp3")) is None


def test_what_an_m4a_says_about_itself():
    found = probed(m4a(90, chapters=[(0, "Begin"), (60_000, "Slot")]))
    assert (found.kind, found.duration) == ("m4a", 90_000)
    assert [row["start"] for row in found.chapters] == [0, 60_000]


BROKEN = {
    "empty": b"",
    "not_audio": b"%PDF-1.7 this is no sound" * 400,
    "no_length": m4a(0),
    "broken": mp3(20) + b"\x00" * 20_000 + mp3(20),
    "broken_off": m4a(90)[:-100],
    "film": m4a(90, codec=b"avc1", handler=b"vide"),
}


@pytest.mark.parametrize("word", BROKEN)
def test_what_cannot_be_played_is_refused_with_a_sentence(word):
    with pytest.raises(AudioRefused) as refused:
        probed(BROKEN[word])
    assert refused.value.code == word
    assert refused.value.messages[0].endswith(".")


def test_a_file_shorter_than_its_header_promises_is_refused():
    with pytest.raises(AudioRefused) as refused:
        probed(mp3(100, promised=400))
    assert refused.value.code == "broken_off"


def test_a_picture_alone_is_no_recording():
    with pytest.raises(AudioRefused):
        probed(tagged(b""))


def test_too_large_is_refused_before_it_is_read(settings):
    settings.HUB_MAX_AUDIO_BYTES = 2_000_000
    file = ContentFile(b"", "x.mp3")
    file.size = 3_000_000
    with pytest.raises(AudioRefused) as refused:
        probe(file)
    assert "3 MB" in refused.value.messages[0]
    assert "2 MB" in refused.value.messages[0]


@given(st.binary(max_size=4000))
@settings(max_examples=60)
def test_no_bytes_break_the_counting(data):
    sound = mpeg.measure(data)
    assert sound.size <= len(data)
    assert sound.duration >= 0


@given(st.integers(4, 60), st.binary(max_size=40).filter(lambda noise: b"\xff" not in noise))
@settings(max_examples=40)
def test_every_whole_frame_counts_once(count, noise):
    assert mpeg.measure(noise + mp3(count)).frames == count


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("Aflevering 1 (def).MP3", "mp3", "aflevering-1-def.mp3"),
        ("film.mp3", "m4a", "film.m4a"),
        ("../../etc/passwd", "mp3", "passwd.mp3"),
        ("…", "mp3", "audio.mp3"),
        ("x" * 300 + ".mp3", "mp3", "x" * 100 + ".mp3"),
    ],
)
def test_the_name_listeners_see(typed, kind, name):
    assert file_name(typed, kind) == name


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once():
    def put(name):
        file = ContentFile(tagged(mp3(40), "Titel"), name)
        return store(file, probe(file), name=name)

    first, second = put("een.mp3"), put("twee.mp3")
    assert first == second
    assert first.title == "Titel"
    assert first.file_size == first.file.size
    assert AudioFile.objects.count() == 1


@pytest.mark.django_db
def test_half_a_file_that_a_crash_left_is_written_again():
    data = mp3(40)
    file = ContentFile(data, "een.mp3")
    audio = store(file, probe(file), name="een.mp3")
    path = audio.file.path
    audio.delete()
    with open(path, "wb") as half:
        half.write(data[:100])
    again = store(file, probe(file), name="een.mp3")
    assert again.file.path == path
    assert again.file.read() == data
