"""Wake-up calls for imports and for fetching. A lost or doubled one costs nothing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from django_tasks import task

from podcasts.enums import AudioState
from podcasts.importing import actions
from podcasts.importing.recordings import MOST_ATTEMPTS, fetch_recording
from podcasts.models import AudioFile, FeedImport
from podcasts.models.feed_import import UNDER_WAY


@task()
def work_on(import_id: int) -> None:
    """Do an import, unless that is not needed any more; then ask for the recordings."""
    FeedImport.objects.filter(pk=import_id, state__in=UNDER_WAY).update(attempts=F("attempts") + 1)
    row = FeedImport.objects.select_related("podcast", "asked_by").filter(pk=import_id).first()
    if row is None:
        return
    actions.work(row)
    if row.fetch_audio:
        for audio_id in actions.recordings_of(row):
            fetch_one.enqueue(audio_id)


@task()
def fetch_one(audio_id: int) -> None:
    """Fetch one recording, unless that is not needed any more."""
    language = AudioFile.objects.filter(pk=audio_id).values_list(
        "episodes__locale__language_code", flat=True
    )
    with translation.override(language.first() or "nl"):
        fetch_recording(audio_id)


def wake(row: FeedImport) -> None:
    """Ask for an import to be done, once it is stored for certain."""
    transaction.on_commit(lambda: work_on.enqueue(row.pk))


def wake_recording(audio: AudioFile) -> None:
    """Ask for a recording to be fetched."""
    transaction.on_commit(lambda: fetch_one.enqueue(audio.pk))


def wake_overdue() -> None:
    """Take up imports and recordings whose worker is gone."""
    now = timezone.now()
    for row in FeedImport.objects.filter(state__in=UNDER_WAY, lease_until__lt=now):
        if row.attempts >= MOST_ATTEMPTS:
            actions.give_up(row)
        elif FeedImport.objects.filter(pk=row.pk, lease_until=row.lease_until).update(
            lease_until=now + actions.LEASE
        ):
            work_on.enqueue(row.pk)
    gone = AudioFile.objects.filter(state=AudioState.FETCHING, lease_until__lt=now)
    tired = _("Fetching was interrupted too often. Try it again.")
    gone.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=AudioState.FAILED, claim="", lease_until=None, error=tired
    )
    for audio_id in gone.values_list("pk", flat=True):
        fetch_one.enqueue(audio_id)
