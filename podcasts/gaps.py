"""What listeners, readers and search would miss of an episode.

These are warnings with their remedy. They never keep anybody from publishing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from podcasts.enums import AudioState

if TYPE_CHECKING:
    from podcasts.models import EpisodePage, Transcript

LONG = 15 * 60_000
"""Milliseconds from which an episode deserves chapters."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missed (`text`), and where to mend it (`fix`, `url`)."""

    code: str
    text: str
    fix: str
    url: str


def gaps_of(episode: EpisodePage) -> list[Gap]:
    """Return what others would miss, the most important first."""
    return [*_of_words(episode), *_of_recording(episode), *_of_text(episode)]


def _of_words(episode: EpisodePage) -> Iterator[Gap]:
    spoken = episode.spoken
    address = reverse("podcasts_admin:transcript", args=[episode.pk])
    if spoken is None or not spoken.cue_count:
        yield Gap(
            "transcript",
            _("There is no transcript: who cannot hear it misses it, and search does not know it."),
            _("Add the transcript"),
            address,
        )
        return
    yield from _of_transcript(spoken, address)


def _of_transcript(spoken: Transcript, address: str) -> Iterator[Gap]:
    if not spoken.checked:
        yield Gap(
            "unchecked",
            _("Nobody has checked the transcript against the recording yet."),
            _("Check the transcript"),
            address,
        )


def _of_recording(episode: EpisodePage) -> Iterator[Gap]:
    audio = episode.audio
    if audio is None:
        return
    if audio.state != AudioState.READY:
        yield Gap(
            "elsewhere",
            _("The recording is still at its old address: when that stops, so does the episode."),
            _("See how far the fetching is"),
            reverse("podcasts_admin:import"),
        )
    if audio.duration >= LONG and not episode.chapters.all():
        yield Gap(
            "chapters",
            _("It is long and has no chapters: listeners cannot jump to what they look for."),
            _("Add chapters"),
            "#panel-child-content-chapters-section",
        )


def _of_text(episode: EpisodePage) -> Iterator[Gap]:
    if not episode.lead.strip():
        yield Gap(
            "lead",
            _("The lead is empty: lists and apps show only a title."),
            _("Write one or two sentences"),
            "#id_lead",
        )
