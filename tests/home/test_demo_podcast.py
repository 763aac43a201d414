"""The podcast of the demo: what it names exists, and its words fit its sound."""

import pytest

from home.demo import podcasts, texts
from podcasts import categories, timecodes
from podcasts.enums import Frequency, Licence, Role
from podcasts.probing import probe_path
from podcasts.transcripts.reading import read_transcript

VALUES = podcasts.texts()
STUDIES = {study.key for study in texts.library().studies}


def test_the_series_is_described_in_known_words():
    assert {VALUES["category"], VALUES["second_category"]} <= categories.NAMES
    assert VALUES["frequency"] in Frequency.values
    assert VALUES["licence"] in Licence.values
    assert {person["role"] for person in VALUES["people"]} <= set(Role.values)
    assert all("(voorbeeld)" in person["name"] for person in VALUES["people"])


@pytest.mark.parametrize("episode", VALUES["episode"], ids=lambda episode: episode["key"])
def test_an_episode_names_studies_of_the_demo_within_its_length(episode):
    assert {episode["study"], *(key for _at, key, _note in episode["mentions"])} <= STUDIES
    sound = podcasts.FILES / f"{episode['key']}.mp3"
    assert sound.stat().st_size < 400_000
    length = probe_path(sound).duration
    moments = [row[0] for row in (*episode["chapters"], *episode["mentions"])]
    assert all(timecodes.parse(moment) < length for moment in moments)
    cues = read_transcript((podcasts.FILES / f"{episode['key']}.vtt").read_bytes()).cues
    assert length - 2_000 < cues[-1].end <= length
    assert {cue.speaker for cue in cues} == {"Noor", "Samir"}
