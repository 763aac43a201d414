"""Remembering which recordings were public, each time an episode is published."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from podcasts.models import AudioUse, EpisodePage


def remember_audio(sender: type[EpisodePage], instance: EpisodePage, **kwargs: Any) -> None:
    """Note the recording that is public from now on."""
    if instance.audio_id:
        AudioUse.objects.get_or_create(episode_id=instance.pk, audio_id=instance.audio_id)


def connect() -> None:
    """Listen for publications."""
    page_published.connect(remember_audio, sender=EpisodePage, dispatch_uid="podcasts.audio")
