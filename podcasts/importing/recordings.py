"""Fetching the recordings of episodes that came from elsewhere, one task each."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import tempfile
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.models.media import sha256_of
from podcasts.audio_storing import fill
from podcasts.enums import AudioState
from podcasts.importing.fetching import FetchError, fetch
from podcasts.models import AudioFile, AudioUse, EpisodePage
from podcasts.probing import probe

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=3)
SHOW_SECONDS = 2.0
MOST_ATTEMPTS = 3


class ClaimLost(Exception):
    """Somebody else fetches this recording now."""


def fetch_recording(audio_id: int) -> None:
    """Fetch one recording, look at it and store it; what goes wrong stands in its row."""
    claim = secrets.token_hex(16)
    now = timezone.now()
    free = Q(state=AudioState.ELSEWHERE) | Q(state=AudioState.FETCHING, lease_until__lt=now)
    rows = AudioFile.objects.filter(free, pk=audio_id)
    taken = rows.update(
        state=AudioState.FETCHING,
        claim=claim,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        bytes_done=0,
        error="",
    )
    if not taken:
        return
    held = AudioFile.objects.filter(pk=audio_id, claim=claim)
    try:
        with tempfile.NamedTemporaryFile(prefix="hub-audio-", suffix=".part") as file:
            url = AudioFile.objects.values_list("source_url", flat=True).get(pk=audio_id)
            fetch(url, file.file, limit=settings.HUB_MAX_AUDIO_BYTES, on_progress=_shower(held))
            file.flush()
            _store(held, File(file.file, "recording"))
    except ClaimLost:
        logger.info("Recording %s was taken over while it was fetched", audio_id)
    except (FetchError, ValidationError) as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        held.update(state=AudioState.FAILED, claim="", lease_until=None, error=said[:400])


def _shower(held: QuerySet[AudioFile]) -> Callable[[int, int], None]:
    """Return a function that shows how far it is, and keeps the claim."""
    shown = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal shown
        if time.monotonic() - shown < SHOW_SECONDS:
            return
        shown = time.monotonic()
        if not held.update(bytes_done=done, lease_until=timezone.now() + LEASE):
            raise ClaimLost

    return show


@transaction.atomic
def _store(held: QuerySet[AudioFile], file: File[bytes]) -> None:
    """Put the bytes in the row, or let its episodes use the row that has them already."""
    probed = probe(file)
    sha256 = sha256_of(file)
    audio = held.select_for_update().first()
    if audio is None:
        raise ClaimLost
    twin = AudioFile.objects.filter(sha256=sha256).first()
    if twin:
        _use_instead(audio, twin)
        return
    fill(audio, file, probed, sha256=sha256, name=audio.name)
    audio.state, audio.claim, audio.lease_until = AudioState.READY, "", None
    audio.bytes_done = audio.file_size
    audio.save()


def _use_instead(audio: AudioFile, twin: AudioFile) -> None:
    """Give the episodes of a recording another row with the same bytes."""
    for page in EpisodePage.objects.filter(audio=audio):
        EpisodePage.objects.filter(pk=page.pk).update(audio=twin)
        revision = page.latest_revision
        if revision and revision.content.get("audio") == audio.pk:
            revision.content["audio"] = twin.pk
            revision.save(update_fields=["content"])
        if AudioUse.objects.filter(episode=page, audio=audio).exists():
            AudioUse.objects.get_or_create(episode=page, audio=twin)
    AudioUse.objects.filter(audio=audio).delete()
    audio.delete()
