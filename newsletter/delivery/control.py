"""What editors do to an edition that is being sent. Who may is asked by the caller.

Each takes the edition's row first, so that two people, or a person and a sender, act one
after the other. Every sender sees a pause at its next delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from newsletter.enums import DeliveryState, EditionState, SkipReason
from newsletter.models import Delivery, Edition

WAITING = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.TEMPORARY)


class WrongStateError(Exception):
    """Something was asked of an edition that it is too early, or too late, for."""


def pause(edition: Edition, reason: str = "") -> None:
    """Hold an edition. What a server is just taking goes through; nothing else begins."""
    with transaction.atomic():
        _locked(edition, EditionState.SENDING)
        _write(edition, state=EditionState.PAUSED, reason=reason[:500])


def pause_refused(edition: int, reply: str) -> None:
    """Hold an edition that the server keeps refusing, or keeps silent about."""
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The mail server takes nothing: %(reply)s") % {"reply": reply}
    Edition.objects.filter(pk=edition, state=EditionState.SENDING).update(
        state=EditionState.PAUSED, reason=reason[:500]
    )


def resume(edition: Edition) -> None:
    """Go on with an edition that was paused."""
    with transaction.atomic():
        _locked(edition, EditionState.PAUSED)
        _write(edition, state=EditionState.SENDING, active_at=timezone.now(), reason="")


def stop(edition: Edition) -> None:
    """End an edition for good: who has not got it yet will not."""
    with transaction.atomic():
        _locked(edition, EditionState.SENDING, EditionState.PAUSED)
        _write(edition, state=EditionState.STOPPED, finished_at=timezone.now(), reason="")
        waiting = Delivery.objects.filter(edition=edition, state__in=WAITING)
        waiting.update(
            state=DeliveryState.SKIPPED, skipped_because=SkipReason.STOPPED, claim="", retry_at=None
        )


def consider_sent(deliveries: Iterable[int], user: Any) -> int:
    """Settle what is in doubt as sent; return how many."""
    return _in_doubt(deliveries).update(
        state=DeliveryState.SENT, claim="", decided_by=user, decided_at=timezone.now()
    )


def send_again(deliveries: Iterable[int], user: Any) -> int:
    """Send what is in doubt once more, knowing that it may arrive twice; return how many.

    An edition that was finished is sent on for them.
    """
    with transaction.atomic():
        doubtful = _in_doubt(deliveries)
        editions = set(doubtful.values_list("edition_id", flat=True))
        number = doubtful.update(
            state=DeliveryState.QUEUED,
            claim="",
            first_attempt_at=None,
            decided_by=user,
            decided_at=timezone.now(),
        )
        Edition.objects.filter(pk__in=editions, state=EditionState.SENT).update(
            state=EditionState.SENDING, active_at=timezone.now(), finished_at=None
        )
    return number


def _in_doubt(deliveries: Iterable[int]) -> Any:
    return Delivery.objects.filter(pk__in=list(deliveries)).in_doubt()


def _locked(edition: Edition, *states: EditionState) -> Edition:
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    if row.state not in states:
        raise WrongStateError(
            _("This edition is “%(state)s”; that is not possible now.")
            % {"state": EditionState(row.state).label}
        )
    return row


def _write(edition: Edition, **values: Any) -> None:
    """Change the row, and the object that the caller holds."""
    Edition.objects.filter(pk=edition.pk).update(**values)
    for name, value in values.items():
        setattr(edition, name, value)
