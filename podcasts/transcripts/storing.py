"""Keeping transcripts: one function for each thing that can happen to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from podcasts.cues import Cue, as_rows
from podcasts.models import EpisodePage, Transcript
from podcasts.transcripts.reading import ReadTranscript
from search.outbox import request_update

Change = Callable[[tuple[Cue, ...]], Sequence[Cue]]


@transaction.atomic
def put(
    *, episode: EpisodePage, read: ReadTranscript, name: str, user: Any, language: str = ""
) -> Transcript:
    """Give an episode the transcript that was read, in place of the one it has."""
    transcript, _made = Transcript.objects.update_or_create(
        episode=episode,
        defaults={
            "cues": as_rows(read.cues),
            "cue_count": len(read.cues),
            "language": language,
            "source_name": name[:255],
            "estimated": read.estimated,
            "checked": False,
            "changed_by": user,
        },
    )
    _tell_search(episode)
    return transcript


@transaction.atomic
def correct(*, transcript_id: int, change: Change, user: Any) -> Transcript:
    """Change the cues as they are now, while nobody else does."""
    transcript = Transcript.objects.select_for_update().get(pk=transcript_id)
    before = transcript.cue_list
    after = tuple(change(before))
    if after != before:
        transcript.cues = as_rows(after)
        transcript.cue_count = len(after)
        transcript.changed_by = user
        transcript.save()
        _tell_search(transcript.episode)
        transcript.__dict__.pop("cue_list", None)
    return transcript


@transaction.atomic
def mark_checked(*, transcript: Transcript, checked: bool, user: Any) -> None:
    """Say whether somebody listened along."""
    transcript.checked = checked
    transcript.changed_by = user
    transcript.save(update_fields=["checked", "changed_by", "changed_at"])


@transaction.atomic
def remove(transcript: Transcript) -> None:
    """Take the transcript away."""
    episode = transcript.episode
    transcript.delete()
    _tell_search(episode)


def _tell_search(episode: EpisodePage) -> None:
    """Let search read every page that shows these words again."""
    for page in EpisodePage.objects.filter(translation_key=episode.translation_key, live=True):
        request_update(page)
