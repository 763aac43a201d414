"""Doing an import: read the feed, bring in each item, then fetch the recordings."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from podcasts.enums import AudioState
from podcasts.importing.episodes import Verdict, bring_in, keep_identity
from podcasts.importing.feed import MOST_BYTES, Feed, FeedError, read_feed
from podcasts.importing.fetching import FetchError, fetch
from podcasts.models import AudioFile, FeedImport, ImportState
from podcasts.models.feed_import import UNDER_WAY

LEASE = dt.timedelta(minutes=2)

OnVerdict = Callable[[Verdict], None]


def work(row: FeedImport, on_verdict: OnVerdict | None = None) -> FeedImport:
    """Do an import to its end. Begun again after an interruption it goes on with the rest."""
    if row.state not in UNDER_WAY:
        return row
    _save(row, state=ImportState.WORKING, verdicts=[], done=0)
    with translation.override(row.podcast.language):
        try:
            feed = _feed(row)
        except (FeedError, FetchError) as error:
            return _save(row, state=ImportState.FAILED, lease_until=None, error=str(error)[:400])
        kept = keep_identity(row.podcast, feed, row.address) or row.identity_kept
        _save(row, total=len(feed.items), identity_kept=kept)
        # The oldest first, so that the newest is also the last that was made.
        for item in reversed(feed.items):
            verdict = bring_in(row.podcast, item, user=row.asked_by, publish=row.publish)
            row.verdicts.append(asdict(verdict))
            _save(row, done=row.done + 1, verdicts=row.verdicts)
            if on_verdict:
                on_verdict(verdict)
    return _save(row, state=ImportState.DONE, lease_until=None, feed="")


def _save(row: FeedImport, **values: object) -> FeedImport:
    """Write how far it is, and keep the lease while it is under way."""
    if row.state in UNDER_WAY:
        values.setdefault("lease_until", timezone.now() + LEASE)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def _feed(row: FeedImport) -> Feed:
    if row.feed:
        return read_feed(row.feed.encode())
    with tempfile.TemporaryFile() as file:
        fetch(row.address, file, limit=MOST_BYTES)
        file.seek(0)
        return read_feed(file.read())


def recordings_of(row: FeedImport) -> list[int]:
    """Return the recordings of the series that still stand elsewhere."""
    here = AudioFile.objects.filter(
        state=AudioState.ELSEWHERE, episodes__path__startswith=row.podcast.path
    )
    return list(here.order_by("pk").distinct().values_list("pk", flat=True))


@transaction.atomic
def again(audio: AudioFile) -> None:
    """Let a recording that could not be fetched be tried again."""
    AudioFile.objects.filter(pk=audio.pk, state=AudioState.FAILED).update(
        state=AudioState.ELSEWHERE, attempts=0, error=""
    )


def give_up(row: FeedImport) -> None:
    """Say that an import was interrupted too often."""
    text = _("The import was interrupted too often. Begin it again: what is here stays.")
    _save(row, state=ImportState.FAILED, lease_until=None, error=text)
