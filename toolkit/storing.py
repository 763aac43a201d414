"""Keeping files under the hash of their bytes; the same bytes are kept once."""

from __future__ import annotations

from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from core.models.media import sha256_of
from toolkit.models import Release, ReleaseFile


def store_file(release: Release, path: Path, kind: str, name: str, part: str = "") -> ReleaseFile:
    """Store a file that was made for a release."""
    with path.open("rb") as file:
        return _store(release, File(file, name), kind, name, part)


def store_picture(release: Release, sha256: str, suffix: str, data: bytes) -> ReleaseFile:
    """Store a picture of a release, named after its hash."""
    name = f"{sha256}.{suffix}"
    return _store(release, ContentFile(data, name), "picture", name, "")


def _store(release: Release, file: File[bytes], kind: str, name: str, part: str) -> ReleaseFile:
    row = ReleaseFile(
        release=release,
        kind=kind,
        part=part,
        filename=name,
        language=release.content["language"],
        sha256=sha256_of(file),
        file_size=file.size,
    )
    field = row.file.field
    path = field.generate_filename(row, name)
    storage = field.storage
    # A build that was killed may have left half a file under this name.
    if storage.exists(path):
        with storage.open(path, "rb") as there:
            whole = sha256_of(there) == row.sha256
        if not whole:
            storage.delete(path)
    if storage.exists(path):
        row.file.name = path
    else:
        file.seek(0)
        row.file.save(name, file, save=False)
    row.save()
    return row
