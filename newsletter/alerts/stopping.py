"""Stopping: one followed thing, or all of one mail. Who follows nothing agrees to nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core import signed_links
from newsletter.models import Alert, Follow
from participants import consent
from participants.enums import Method, Purpose
from participants.models import Participant

STOP_FOLLOW, STOP_ALERT = "follow.stop", "alert.stop"
_IN_SUBJECT = re.compile(r"stop\s+([A-Za-z0-9_-]{40,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stoppable:
    """What a link to stop is about: a person and some of what they follow or followed."""

    person: Participant
    follows: Sequence[Follow]

    @property
    def active(self) -> list[Follow]:
        """What of it is still followed."""
        return [follow for follow in self.follows if follow.is_active]


def of_follow(token: str) -> Stoppable | None:
    """Return what a link to stop one thing is about; it never expires."""
    key = _key(STOP_FOLLOW, token)
    found = Follow.objects.select_related("participant").filter(key=key).first() if key else None
    return Stoppable(found.participant, [found]) if found else None


def of_alert(token: str) -> Stoppable | None:
    """Return what a link to stop all of one mail is about; it never expires."""
    key = _key(STOP_ALERT, token)
    alert = Alert.objects.select_related("participant").filter(key=key).first() if key else None
    return Stoppable(alert.participant, list(alert.follows.all())) if alert else None


def stop(found: Stoppable, method: Method) -> None:
    """Stop following. Doing it again changes nothing."""
    with transaction.atomic():
        keys = [follow.pk for follow in found.follows]
        active = Follow.objects.filter(participant=found.person).active()
        active.filter(pk__in=keys).update(stopped_at=timezone.now())
        if not active.exists():
            consent.withdraw(found.person, Purpose.ALERTS, method=method)


def stop_by_mail(subject: str) -> bool:
    """Act on a mail to the mailto address of List-Unsubscribe of an alert.

    Returns whether there was a token of ours in its subject.
    """
    token = _IN_SUBJECT.search(subject)
    found = of_alert(token[1]) if token else None
    if found is None:
        return False
    stop(found, Method.REPLY)
    return True


def _key(purpose: str, token: str) -> uuid.UUID | None:
    subject = signed_links.read(purpose, token)
    return uuid.UUID(subject) if subject else None
