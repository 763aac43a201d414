"""When an edition goes out: a wall time in Amsterdam, stored as a moment."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.approving import EditionError, locked
from newsletter.enums import EditionState
from newsletter.models import Edition

ZONE = ZoneInfo(settings.TIME_ZONE)


class NoSuchTimeError(ValueError):
    """The clock never shows this time: it was skipped when summer time began."""


class TwiceError(ValueError):
    """The clock shows this time twice: summer time ended in between."""


def moment_of(wall: dt.datetime, *, second: bool | None = None) -> dt.datetime:
    """Return the moment at which the clock in Amsterdam shows a time.

    `second` chooses between the two moments of an hour that comes twice (PEP 495).
    Raises NoSuchTimeError, or TwiceError when `second` is left open.
    """
    early = wall.replace(tzinfo=ZONE, fold=0)
    late = wall.replace(tzinfo=ZONE, fold=1)
    moments = early.astimezone(dt.UTC), late.astimezone(dt.UTC)
    if moments[0].astimezone(ZONE).replace(tzinfo=None) != wall:
        raise NoSuchTimeError(wall)
    if moments[0] != moments[1] and second is None:
        raise TwiceError(wall)
    return moments[1] if second else moments[0]


@transaction.atomic
def schedule(*, edition_id: int, at: dt.datetime) -> Edition:
    """Let an approved edition go out at a moment. Raises EditionError."""
    edition = locked(edition_id)
    if edition.state not in (EditionState.APPROVED, EditionState.SCHEDULED, EditionState.LATE):
        raise EditionError(_("Only an approved edition can be sent."))
    if at < timezone.now() - dt.timedelta(minutes=1):
        raise EditionError(_("That moment has passed. Choose one that lies ahead, or send now."))
    edition.state, edition.scheduled_at, edition.reason = EditionState.SCHEDULED, at, ""
    edition.save(update_fields=["state", "scheduled_at", "reason"])
    return edition


def send_now(*, edition_id: int) -> Edition:
    """Let an approved edition go out at once; a sender takes it up within seconds."""
    return schedule(edition_id=edition_id, at=timezone.now())


@transaction.atomic
def cancel(*, edition_id: int) -> Edition:
    """Keep an edition from going out; it stays approved. Raises EditionError."""
    edition = locked(edition_id)
    if edition.state not in (EditionState.SCHEDULED, EditionState.LATE):
        raise EditionError(_("It is not waiting to be sent: it went out, or was cancelled."))
    edition.state, edition.scheduled_at, edition.reason = EditionState.APPROVED, None, ""
    edition.save(update_fields=["state", "scheduled_at", "reason"])
    return edition


def shown(moment: dt.datetime | None) -> Any:
    """Return a moment as the clock in Amsterdam shows it, None for none."""
    return moment.astimezone(ZONE) if moment else None
