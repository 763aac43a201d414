"""Stopping: one followed thing, or all of one mail. Who follows nothing agrees to nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core import signed_links
from newsletter.models import Alert, Follow
from newsletter.person_keys import named_in
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
    subject = signed_links.read(STOP_FOLLOW, token)
    if subject is None:
        return None
    rows = Follow.objects.select_related("participant")
    found = rows.filter(key=uuid.UUID(subject)).first()
    return Stoppable(found.participant, [found]) if found else None


def of_alert(token: str) -> Stoppable | None:
    """Return what a link to stop all of one mail is about; it never expires.

    Which things a mail was about is forgotten after a while. From then on it is about all
    that its person followed when it was made.
    """
    opened = signed_links.open_token(STOP_ALERT, token)
    named = named_in(opened.subject) if opened else None
    person = Participant.objects.filter(key=named.person).first() if named else None
    if opened is None or named is None or person is None:
        return None
    alert = Alert.objects.filter(pk=named.number, participant=person).first()
    then = person.follows.active().filter(confirmed_at__lte=opened.made_at)
    follows: Iterable[Follow] = alert.follows.all() if alert else then
    return Stoppable(person, list(follows))


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
