"""Remembering which recordings were public, each time an episode is published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone

from wagtail.signals import page_published

from podcasts.models import AudioFile, AudioUse, EpisodePage


def remember_audio(sender: type[EpisodePage], instance: EpisodePage, **kwargs: Any) -> None:
    """Note the recording that is public from now on."""
    if instance.audio_id:
        since = instance.last_published_at or timezone.now()
        AudioUse.objects.update_or_create(
            episode_id=instance.pk,
            audio_id=instance.audio_id,
            defaults={} if _is_heard(instance) else {"since": since},
            create_defaults={"since": since},
        )


def _is_heard(episode: EpisodePage) -> bool:
    """Say whether the recording is the one that was public until now."""
    newest = AudioUse.objects.filter(episode_id=episode.pk).first()
    return bool(newest and newest.audio_id == episode.audio_id)


def connect() -> None:
    """Listen for publications, and clear up recordings that are deleted."""
    page_published.connect(remember_audio, sender=EpisodePage, dispatch_uid="podcasts.audio")
    post_delete.connect(delete_file, sender=AudioFile, dispatch_uid="podcasts.audio.file")


def delete_file(sender: type[AudioFile], instance: AudioFile, **kwargs: Any) -> None:
    """Delete the bytes of a recording that nobody has any more."""
    name = instance.file.name
    if name:
        transaction.on_commit(lambda: instance.file.storage.delete(name))
