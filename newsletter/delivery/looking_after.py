"""What every sender does now and then: begin what is due, end what is done, mend what broke.

Each step is safe beside the same step of another sender.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import recovery
from newsletter.delivery import guard, pacing
from newsletter.delivery.queueing import queue
from newsletter.enums import UNFINISHED, DeliveryState, EditionState
from newsletter.models import Delivery, Edition, Sender
from newsletter.publishing import publish_pages

LEASE = dt.timedelta(seconds=60)
"""A sender that was not seen for so long is taken for dead."""

HELD = (EditionState.PAUSED, EditionState.LATE, EditionState.FAILED)
"""Editions that go no further before an editor decides."""

IN_HAND = (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)


def sweep() -> None:
    """Do all that needs no sender; the worker of the site does it as well."""
    release_dead()
    hold_late()
    forget_addresses()


def release_dead(now: dt.datetime | None = None) -> None:
    """Release what senders that are gone had in hand.

    What was only claimed goes back in the queue. What was being handed over may have
    arrived: it is in doubt.
    """
    moment = now or timezone.now()
    for sender in Sender.objects.all():
        if sender.seen_at < moment - LEASE or not recovery.may_live(sender.name):
            Sender.objects.filter(pk=sender.pk, seen_at=sender.seen_at).delete()
    living = list(Sender.objects.values_list("key", flat=True))
    lost = Delivery.objects.filter(state__in=IN_HAND).exclude(claim__in=living)
    lost.filter(state=DeliveryState.CLAIMED).update(state=DeliveryState.QUEUED, claim="")
    lost.filter(state=DeliveryState.ATTEMPTING).update(state=DeliveryState.IN_DOUBT)


def hold_late(now: dt.datetime | None = None) -> None:
    """Have an editor decide about editions whose moment passed while nobody was sending.

    Also those that were being sent and that nobody looked after for as long: after an
    outage, or in a copy that was put back, people may have them already.
    """
    moment = now or timezone.now()
    window = dt.timedelta(hours=settings.NEWSLETTER_LATE_HOURS)
    with translation.override(settings.LANGUAGE_CODE):
        late = _("It should have gone out earlier, and nothing was sending then.")
        silent = _("Nothing looked after it for too long: an outage, or a copy that was put back.")
    Edition.objects.filter(state=EditionState.SCHEDULED, scheduled_at__lt=moment - window).update(
        state=EditionState.LATE, reason=late
    )
    Edition.objects.filter(state=EditionState.SENDING, active_at__lt=moment - window).update(
        state=EditionState.PAUSED, reason=silent
    )


def begin_due(now: dt.datetime | None = None) -> None:
    """Begin the scheduled editions whose moment has come, and make their rows."""
    moment = now or timezone.now()
    due = Edition.objects.filter(state=EditionState.SCHEDULED, scheduled_at__lte=moment)
    if due.update(state=EditionState.SENDING, started_at=moment, active_at=moment, reason=""):
        guard.step()
    for edition in Edition.objects.filter(state=EditionState.SENDING, queued_at=None):
        publish_pages(edition)  # before the first mail, which links to them
        queue(edition)


def wake_temporary(now: dt.datetime | None = None) -> None:
    """Put what is to be tried again now back in the queue."""
    Delivery.objects.filter(
        state=DeliveryState.TEMPORARY,
        retry_at__lte=now or timezone.now(),
        edition__state=EditionState.SENDING,
    ).update(state=DeliveryState.QUEUED)


def finish_done(now: dt.datetime | None = None) -> None:
    """End the editions of which nothing is left to be done; what is in doubt stays shown."""
    for edition in Edition.objects.filter(state=EditionState.SENDING).exclude(queued_at=None):
        with transaction.atomic():
            left = Delivery.objects.filter(edition=edition, state__in=UNFINISHED)
            if not left.exists():
                Edition.objects.filter(pk=edition.pk, state=EditionState.SENDING).update(
                    state=EditionState.SENT, finished_at=now or timezone.now()
                )


def look_alive(
    sender: str,
    *,
    rate: float,
    trouble: str,
    may_send: bool,
    now: dt.datetime | None = None,
) -> bool:
    """Say that this sender lives, and that its editions are looked after.

    False when it was taken for dead meanwhile.
    """
    moment = now or timezone.now()
    living = Sender.objects.filter(key=sender)
    is_known = living.update(seen_at=moment, rate=rate, trouble=trouble[:300])
    if may_send:
        window = dt.timedelta(hours=settings.NEWSLETTER_LATE_HOURS)
        awake = Edition.objects.filter(state=EditionState.SENDING, active_at__gte=moment - window)
        if awake.update(active_at=moment):
            guard.step()
    return bool(is_known)


def forget_addresses(now: dt.datetime | None = None) -> None:
    """Wipe addresses and answers of old deliveries; what happened stays as a count."""
    moment = now or timezone.now()
    before = moment - dt.timedelta(days=settings.NEWSLETTER_LOG_DAYS)
    # One that is held for good never ends, and keeps nobody's address longer for that.
    ended = Q(finished_at__lt=before) | Q(started_at__lt=before, state__in=HELD)
    rows = Delivery.objects.filter(edition__in=Edition.objects.filter(ended))
    settled = rows.exclude(state__in=UNFINISHED).exclude(address="")
    if settled.exists():  # else even an update of nothing would hold the database
        settled.update(address="", domain="", reply="")
    pacing.forget_full(moment)
