"""Asking to follow something, and confirming it: one mail, one page, one button."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core import mail, signed_links
from newsletter.alerts.subjects import Subject
from newsletter.models import Follow, Frequency
from participants.consent import give, stored_text
from participants.enums import Method, Purpose
from participants.models import ConsentText, Participant
from participants.purposes import text_of

CONFIRM = "follow.confirm"
VALID = dt.timedelta(days=7)

AGAIN_AFTER = dt.timedelta(minutes=10)
"""Who asks for the same again sooner gets no second mail: the first is on its way."""

MOST_PER_HOUR = 5
"""Mails to confirm that one address gets in an hour, whoever asks for them."""

MOST_FOLLOWED = 200
"""Things one person can follow."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed in the form. `page` is where the form stood."""

    subject: Subject
    address: str
    name: str
    frequency: Frequency
    page: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link to confirm is about."""

    follow: Follow
    frequency: Frequency
    text: ConsentText | None
    asked_at: dt.datetime

    @property
    def is_done(self) -> bool:
        """Say whether it was confirmed already, just as it was asked."""
        return self.follow.is_active and self.follow.frequency == self.frequency


def ask(wish: Wish, at: dt.datetime | None = None) -> None:
    """Send a link to confirm. Nothing is followed, and nobody agreed, before it is used.

    The same happens whether or not the address is known.
    """
    now = at or timezone.now()
    with transaction.atomic():
        person = known_or_new(wish)
        follow = Follow.objects.filter(
            participant=person, digest=wish.subject.digest, language=wish.subject.language
        ).first()
        if _too_often(person, follow, now):
            return
        follow = follow or Follow(
            participant=person,
            query=wish.subject.query,
            language=wish.subject.language,
            frequency=wish.frequency,
        )
        follow.asked_at = now
        follow.save()
        _send(person, follow, wish, now)


def known_or_new(wish: Wish) -> Participant:
    """Return who has an address; somebody new waits for their confirmation."""
    known = Participant.objects.with_address(wish.address)
    found = known.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Participant.objects.create(
                address=wish.address, name=wish.name, language=wish.subject.language
            )
    except IntegrityError:  # somebody else asked at the same moment
        return known.get()


def _too_often(person: Participant, follow: Follow | None, now: dt.datetime) -> bool:
    """Say whether this address got mails like this just now, or follows too much."""
    if follow and now - follow.asked_at < AGAIN_AFTER:
        return True
    mine = person.follows.all()
    lately = mine.filter(asked_at__gt=now - dt.timedelta(hours=1)).count()
    return lately >= MOST_PER_HOUR or (follow is None and mine.count() >= MOST_FOLLOWED)


def _send(person: Participant, follow: Follow, wish: Wish, now: dt.datetime) -> None:
    language = wish.subject.language
    text = stored_text(Purpose.ALERTS, language, text_of(Purpose.ALERTS, language))
    about = f"{follow.key.hex}.{wish.frequency}.{text.pk}"
    token = signed_links.make(CONFIRM, about, at=now)
    with translation.override(language):
        url = settings.BASE_URL + reverse("follow_confirm", args=[token])
        often = wish.frequency.label
        mail.send(
            to=mail.Address(person.wire_address, person.name),
            template="follow_confirm",
            language=language,
            context={"label": wish.subject.label, "often": often, "url": url, "days": VALID.days},
        )


def asked(token: str, at: dt.datetime | None = None) -> Asked | None:
    """Return what a link to confirm is about; None when it is not ours, too old or gone."""
    opened = signed_links.open_token(CONFIRM, token)
    if opened is None or opened.is_older_than(VALID, at):
        return None
    key, frequency, text = opened.subject.split(".")
    follow = Follow.objects.select_related("participant").filter(key=uuid.UUID(key)).first()
    if follow is None:
        return None
    shown = ConsentText.objects.filter(pk=int(text)).first()
    return Asked(follow, Frequency(frequency), shown, opened.made_at)


def confirm(found: Asked, page: str, at: dt.datetime | None = None) -> None:
    """Begin to follow, and write that the person agreed. Doing it again changes nothing."""
    now = at or timezone.now()
    with transaction.atomic():
        give(
            found.follow.participant,
            Purpose.ALERTS,
            method=Method.CONFIRMED,
            text=found.text,
            asked_at=found.asked_at,
            form_address=page,
            at=now,
        )
        follow = Follow.objects.select_for_update().get(pk=found.follow.pk)
        if not follow.is_active:
            follow.confirmed_at, follow.stopped_at = now, None
            follow.considered_at = follow.waiting_since = None
        follow.frequency = found.frequency
        follow.save()
    found.follow.refresh_from_db()
