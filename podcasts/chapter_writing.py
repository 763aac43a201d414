"""Putting the chapters of an episode into a copy of its MP3, for players that only look there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from core import sandbox
from core.sandbox import Ending, Limits
from podcasts.audio_storing import store
from podcasts.chapters import ends, marks_of
from podcasts.models import AudioFile, EpisodePage
from podcasts.probing import probe_path
from podcasts.suggestions import can_write

WRITE = "podcasts.chapters_child:write"
TAG_BYTES = 2_000_000
"""By how much a tag with chapters may make the file longer."""


def write_chapters(*, episode: EpisodePage, user: Any) -> AudioFile:
    """Store a copy of the recording with the chapters of the draft, and put it in the draft.

    The recording that listeners have stays as it is, at its own address. Raises
    ValidationError with a sentence.
    """
    audio = episode.audio
    if audio is None or not can_write(episode):
        raise ValidationError(_("There are no chapters to write into this recording."))
    with tempfile.TemporaryDirectory(prefix="hub-audio-") as folder:
        path = Path(folder) / "copy.mp3"
        with audio.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        _write(path, episode, audio.duration)
        probed = probe_path(path)
        with path.open("rb") as file, transaction.atomic():
            made = store(File(file, audio.name), probed, name=audio.name, title=audio.title)
            AudioFile.objects.filter(pk=made.pk, made_from=None).exclude(pk=audio.pk).update(
                made_from=audio
            )
            episode.audio = made
            episode.save_revision(user=user, log_action=True)
    return made


def _write(path: Path, episode: EpisodePage, duration: int) -> None:
    marks = marks_of(episode.chapters.all())
    chapters = [
        {"start": mark.start, "end": end, "title": mark.title, "url": mark.url}
        for mark, end in zip(marks, ends(marks, duration), strict=True)
    ]
    size = path.stat().st_size
    outcome = sandbox.run(
        WRITE,
        {"path": str(path), "chapters": chapters},
        limits=Limits(file_bytes=size + TAG_BYTES, wall_seconds=120),
    )
    if outcome.ending is not Ending.OK:
        raise ValidationError(_("The chapters could not be written into this recording."))
