"""Series, episodes and recordings for tests."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from wagtail.models import Page

from podcasts.cues import Cue, as_rows
from podcasts.models import AudioFile, EpisodePage, PodcastPage, Transcript
from tests.conftest import published


def make_podcast(parent: Page, title: str = "In gesprek", **values: Any) -> PodcastPage:
    """Publish a series."""
    fields = {"lead": "Gesprekken over draagvlak.", "author": "De redactie", **values}
    podcast = parent.add_child(instance=PodcastPage(title=title, **fields))
    return published(podcast)


def make_audio(
    data: bytes = b"ID3 sound", name: str = "aflevering.mp3", **values: Any
) -> AudioFile:
    """Store a recording without reading it."""
    audio = AudioFile(
        title=name,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        file_size=len(data),
        **{"duration": 1_500_000, "bit_rate": 64_000, "channels": 1, **values},
    )
    audio.file.save(name, ContentFile(data), save=False)
    audio.save()
    return audio


def make_episode(podcast: PodcastPage, title: str = "Aflevering", **values: Any) -> EpisodePage:
    """Publish an episode, with a recording of its own unless one is given."""
    if "audio" not in values:
        count = AudioFile.objects.count()
        values["audio"] = make_audio(f"ID3 sound {count}".encode(), f"geluid-{count}.mp3")
    related = {name: values.pop(name, ()) for name in ("chapters", "people", "mentions")}
    episode = EpisodePage(title=title, **{"lead": "Waar het over gaat.", **values})
    for name, rows in related.items():
        setattr(episode, name, list(rows))
    podcast.add_child(instance=episode)
    return published(episode)


def make_transcript(episode: EpisodePage, *cues: Cue) -> Transcript:
    """Give an episode a transcript: two people, about a minute, unless cues are given."""
    said = cues or (
        Cue(0, 4_000, "Welkom bij deze aflevering.", "Noor"),
        Cue(4_000, 33_000, "Vandaag gaat het over steun in de buurt.", "Noor"),
        Cue(33_000, 62_000, "En over de vraag wie er meedoet.", "Samir"),
    )
    return Transcript.objects.create(
        episode=episode, cues=as_rows(said), cue_count=len(said), language="nl"
    )
