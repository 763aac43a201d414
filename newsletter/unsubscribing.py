"""Leaving the newsletter by the link in a mail: no account, no questions, for years.

The token says who and from which mail. It never expires: a mail from years ago still
works, whatever its person chose since.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from core import signed_links
from newsletter.models import Delivery
from newsletter.person_keys import named_in, subject_of
from participants import consent
from participants.enums import Method, Purpose
from participants.models import Participant

PURPOSE, UNDO = "unsubscribe", "unsubscribe-undo"
UNDO_FOR = dt.timedelta(days=1)
_IN_SUBJECT = re.compile(r"unsubscribe\s+([A-Za-z0-9_-]{40,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a token is about."""

    person: Participant
    delivery: int


def token(key: uuid.UUID, delivery: int) -> str:
    """Return the token for one person and one delivery: 66 characters or a few more."""
    return signed_links.make(PURPOSE, subject_of(key, delivery))


def undo_token(found: Found) -> str:
    """Return the token that undoes it. It works for a day: a forwarded mail signs nobody up."""
    return signed_links.make(UNDO, subject_of(found.person.key, found.delivery))


def find(text: str) -> Found | None:
    """Return whom a token is about; None when it is not ours, or they are gone."""
    return _person(signed_links.read(PURPOSE, text))


def find_undo(text: str) -> Found | None:
    """Return whom a token that undoes is about; None when it is not ours, or too old."""
    return _person(signed_links.read(UNDO, text, max_age=UNDO_FOR))


def _person(subject: str | None) -> Found | None:
    named = named_in(subject) if subject else None
    person = Participant.objects.filter(key=named.person).first() if named else None
    return Found(person, named.number) if named and person else None


def leave(found: Found, method: Method) -> None:
    """Withdraw the consent to the newsletter. Doing it again changes nothing."""
    fact = consent.withdraw(found.person, Purpose.NEWSLETTER, method=method)
    if fact:
        _of(found).filter(unsubscribed_at=None).update(unsubscribed_at=timezone.now())


def come_back(found: Found) -> None:
    """Undo it: the person pressed the wrong button.

    Raises ConsentError when somebody in this state cannot come back this way.
    """
    agreed = found.person.consents.filter(purpose=Purpose.NEWSLETTER, given=True)
    last = agreed.order_by("-at", "-pk").first()
    consent.give(
        found.person,
        Purpose.NEWSLETTER,
        method=Method.OWN_PAGE,
        text=last.text if last else None,
    )
    _of(found).update(unsubscribed_at=None)


def receives(person: Participant) -> bool:
    """Say whether a person agrees to the newsletter now."""
    return Purpose.NEWSLETTER in consent.given(person)


def leave_by_mail(subject: str) -> bool:
    """Act on a mail to the mailto address of List-Unsubscribe; its subject holds the token.

    Returns whether there was a token of ours in it.
    """
    token_found = _IN_SUBJECT.search(subject)
    found = find(token_found[1]) if token_found else None
    if found is None:
        return False
    leave(found, Method.REPLY)
    return True


def _of(found: Found) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=found.delivery, participant=found.person)
