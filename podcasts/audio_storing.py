"""Storing a recording under the hash of its bytes; the same bytes are stored once."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from core.models.media import sha256_of
from podcasts.models import AudioFile
from podcasts.probing import Probed

LONGEST_NAME = 100


def store(file: File[bytes], probed: Probed, *, name: str, title: str = "") -> AudioFile:
    """Store a recording that was looked at, or find it where it is already here."""
    sha256 = sha256_of(file)
    there = AudioFile.objects.filter(sha256=sha256).first()
    if there:
        return there
    audio = AudioFile(title=(title or probed.title or PurePath(name).stem)[:255])
    fill(audio, file, probed, sha256=sha256, name=name)
    try:
        with transaction.atomic():
            audio.save()
    except IntegrityError:  # stored by another at the same moment
        return AudioFile.objects.get(sha256=sha256)
    return audio


def fill(
    audio: AudioFile, file: File[bytes], probed: Probed, *, sha256: str, name: str
) -> AudioFile:
    """Put the bytes in the store and what is known about them in the row; it is not saved."""
    audio.sha256 = sha256
    audio.name = file_name(name, probed.kind)
    audio.file_size = file.size or 0
    audio.duration = probed.duration
    audio.bit_rate = probed.bit_rate
    audio.sample_rate = probed.sample_rate
    audio.channels = probed.channels
    audio.found = probed.found
    _put(audio, file)
    return audio


def file_name(name: str, kind: str) -> str:
    """Return the name listeners see: letters that any system takes, and its true extension."""
    stem = slugify(PurePath(name).stem)[:LONGEST_NAME].strip("-_") or "audio"
    return f"{stem}.{kind}"


def _put(audio: AudioFile, file: File[bytes]) -> None:
    """Store the bytes; half a file that a crash left under this name is written again."""
    field: Any = audio.file.field
    path = field.generate_filename(audio, audio.name)
    storage = field.storage
    if storage.exists(path):
        if storage.size(path) == audio.file_size:
            audio.file.name = path
            return
        storage.delete(path)
    file.seek(0)
    audio.file.save(audio.name, file, save=False)
