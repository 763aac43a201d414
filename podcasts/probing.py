"""What a recording is: looked at in a child process before anything is stored."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from core import sandbox
from core.sandbox import LIMIT_ENDINGS, Ending, Limits

READ = "podcasts.probing_child:read"
PICTURE = "podcasts.probing_child:picture"
COPY_BYTES = 1 << 20

REFUSALS: Mapping[str, Any] = {
    "empty": _("This file is empty. Choose the recording again."),
    "not_audio": _(
        "This is not an MP3 or M4A recording, whatever its name says. Export it as MP3 or M4A."
    ),
    "no_length": _("This recording has no length: nothing can be heard. Choose the whole file."),
    "broken": _("This recording is damaged: half of it cannot be played. Export it again."),
    "broken_off": _(
        "This recording breaks off: the file ends before the sound does. Upload or export it again."
    ),
    "film": _("This is a film. Export only its sound, as MP3 or M4A."),
    "protected": _("This recording is copy-protected, so nobody can play it. Export it again."),
    "costly": _("Reading this recording takes too much of the server. Export it again as MP3."),
    "unreadable": _("This recording cannot be read. Export it again as MP3 or M4A."),
}
"""Why a recording is refused, and what to do."""


class AudioRefused(ValidationError):
    """A recording that cannot be used, with one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Probed:
    """What a recording is. Times in milliseconds; `kind` is its true extension."""

    kind: str
    duration: int
    bit_rate: int
    sample_rate: int
    channels: int
    title: str = ""
    artist: str = ""
    album: str = ""
    chapters: list[dict[str, Any]] = field(default_factory=list)
    picture: bool = False

    @property
    def found(self) -> dict[str, Any]:
        """What it says about itself, as it is stored for suggestions."""
        return {
            "title": self.title,
            "artist": self.artist,
            "album": self.album,
            "chapters": self.chapters,
            "picture": self.picture,
        }


def probe(file: File[bytes]) -> Probed:
    """Look at a recording. Raises AudioRefused."""
    check_size(file.size or 0)
    with on_disk(file) as path:
        return probe_path(path)


def probe_path(path: Path) -> Probed:
    """Look at a recording on disk. Raises AudioRefused."""
    outcome = sandbox.run(READ, {"path": str(path)}, limits=_limits(path))
    if outcome.ending is Ending.OK and isinstance(outcome.value, dict):
        said = outcome.value
        if "refused" in said:
            raise refusal(str(said["refused"]))
        return Probed(**said)
    raise refusal("costly" if outcome.ending in LIMIT_ENDINGS else "unreadable")


def picture_in(file: File[bytes]) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of the picture in a recording, or None."""
    with on_disk(file) as path:
        outcome = sandbox.run(PICTURE, {"path": str(path)}, limits=_limits(path))
    if outcome.ending is not Ending.OK or not isinstance(outcome.value, dict):
        return None
    return str(outcome.value["type"]), base64.b64decode(outcome.value["data"])


def refusal(word: str) -> AudioRefused:
    """Return the error for a word of the child."""
    return AudioRefused(REFUSALS.get(word, REFUSALS["unreadable"]), code=word)


def check_size(size: int) -> None:
    """Refuse what is larger than we store. Raises AudioRefused."""
    limit = settings.HUB_MAX_AUDIO_BYTES
    if size > limit:
        raise AudioRefused(
            _(
                "This recording is %(size)d MB; at most %(limit)d MB can be stored. Export it with "
                "fewer kilobits per second: 64 is enough for speech."
            )
            % {"size": size // 1_000_000, "limit": limit // 1_000_000},
            code="too_large",
        )


def _limits(path: Path) -> Limits:
    """Return what the child may use: its file is mapped into memory."""
    return Limits(
        cpu_seconds=60,
        memory_bytes=(512 << 20) + path.stat().st_size,
        wall_seconds=120,
        output_bytes=16 << 20,
    )


@contextmanager
def on_disk(file: File[bytes]) -> Iterator[Path]:
    """Give the path of a file; one that has none is copied in pieces for as long as needed."""
    named = getattr(file, "temporary_file_path", None)
    if named:
        yield Path(named())
        return
    with tempfile.NamedTemporaryFile(prefix="hub-audio-") as copy:
        _copy(file, copy.file)
        yield Path(copy.name)


def _copy(file: File[bytes], into: IO[bytes]) -> None:
    file.seek(0)
    while piece := file.read(COPY_BYTES):
        into.write(piece)
    into.flush()
    file.seek(0)
