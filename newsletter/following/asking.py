"""Asking to follow something, and confirming it: one mail, one page, one button."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core import mail, signed_links
from core.forms_rate import Limit
from newsletter.alerts.links import manage_url
from newsletter.alerts.subjects import Subject
from newsletter.models import Follow, Frequency
from participants.consent import give, given, stored_text
from participants.enums import Method, Purpose, State
from participants.models import Consent, ConsentText, Participant
from participants.purposes import text_of

CONFIRM = "follow.confirm"
VALID = dt.timedelta(days=7)

AGAIN_AFTER = dt.timedelta(minutes=10)
"""Who asks for the same again sooner gets no second mail: the first is on its way."""

LIMITS = {
    True: Limit("follow-known", most=5, window=dt.timedelta(hours=1)),
    False: Limit("follow-new", most=3, window=dt.timedelta(days=1)),
}
"""Mails about following that one address gets, whoever asks for them: to who is signed up,
and to who is not and may never have heard of us."""

MOST_FOLLOWED = 50
"""Things one person can follow."""

LONGEST_QUOTED = 80
_LINK = re.compile(r"://|www\.|@|\w\.\w\w", re.IGNORECASE)
"""What mail programs make a link of."""


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

    Whether or not the address is known, one mail leaves: to confirm, or to say that this
    is followed already, or that there is no room for more.
    """
    now = at or timezone.now()
    with transaction.atomic():
        person = known_or_new(wish, now)
        follow = Follow.objects.filter(
            participant=person, digest=wish.subject.digest, language=wish.subject.language
        ).first()
        if _too_often(person, follow, now):
            return
        if follow and follow.is_active and follow.frequency == wish.frequency and _agreed(person):
            _send_note(person, wish, "known")
        elif (follow is None or follow.stopped_at) and _is_full(person):
            _send_note(person, wish, "full")
        else:
            _send(person, _asked_again(person, follow, wish, now), wish, now)


def known_or_new(wish: Wish, now: dt.datetime) -> Participant:
    """Return who has an address; somebody new waits for their confirmation.

    Who never confirmed anything is new again: so long as this link works they are kept.
    """
    known = Participant.objects.with_address(wish.address)
    found = known.first()
    if found:
        known.filter(state=State.PENDING).update(created_at=now)
        return found
    try:
        with transaction.atomic():
            return Participant.objects.create(
                address=wish.address, name=wish.name, language=wish.subject.language
            )
    except IntegrityError:  # somebody else asked at the same moment
        return known.get()


def _asked_again(
    person: Participant, follow: Follow | None, wish: Wish, now: dt.datetime
) -> Follow:
    """Return the row of what is asked, fresh."""
    follow = follow or Follow(
        participant=person,
        query=wish.subject.query,
        language=wish.subject.language,
        frequency=wish.frequency,
    )
    follow.asked_at = now
    follow.save()
    return follow


def _too_often(person: Participant, follow: Follow | None, now: dt.datetime) -> bool:
    """Say whether this address got mails like this just now."""
    if follow and not follow.is_active and now - follow.asked_at < AGAIN_AFTER:
        return True
    limit = LIMITS[person.state == State.ACTIVE]
    return bool(limit.spend_on(person.address_key or "", now))


def _is_full(person: Participant) -> bool:
    return person.follows.filter(stopped_at=None).count() >= MOST_FOLLOWED


def _agreed(person: Participant) -> bool:
    return Purpose.ALERTS in given(person)


def quotable(label: str) -> str:
    """Return what somebody searched for, as a mail to an address they typed may say it.

    "" when it is long or holds what a mail program makes a link of: our mail carries no
    message of a stranger. The page behind the button shows it whole.
    """
    return "" if len(label) > LONGEST_QUOTED or _LINK.search(label) else label


def _send_note(person: Participant, wish: Wish, why: str) -> None:
    """Say why nothing has to be confirmed: `why` is "known" or "full"."""
    mail.send(
        to=mail.Address(person.wire_address, person.name),
        template="follow_note",
        language=wish.subject.language,
        context={
            "why": why,
            "label": quotable(wish.subject.label),
            "often": wish.frequency.label,
            "most": MOST_FOLLOWED,
            "manage_url": manage_url(person),
        },
    )


def _send(person: Participant, follow: Follow, wish: Wish, now: dt.datetime) -> None:
    language = wish.subject.language
    text = stored_text(Purpose.ALERTS, language, text_of(Purpose.ALERTS, language))
    about = f"{follow.key.hex}.{wish.frequency}.{text.pk}"
    token = signed_links.make(CONFIRM, about, at=now)
    with translation.override(language):
        url = settings.BASE_URL + reverse("follow_confirm", args=[token])
        often = wish.frequency.label
        # Nobody confirmed the name of a newcomer: it may be a message of a stranger.
        name = person.name if person.state == State.ACTIVE else ""
        label = quotable(wish.subject.label)
        mail.send(
            to=mail.Address(person.wire_address, name),
            template="follow_confirm",
            language=language,
            context={"label": label, "often": often, "url": url, "days": VALID.days},
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
    """Begin to follow, and write that the person agreed. Doing it again changes nothing.

    Who had ended all alerts begins with this one: the others stay stopped.
    """
    now = at or timezone.now()
    with transaction.atomic():
        if _ended_alerts(found.follow.participant):
            others = found.follow.participant.follows.active().exclude(pk=found.follow.pk)
            others.update(stopped_at=now)
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


def _ended_alerts(person: Participant) -> bool:
    """Say whether the person ended all alerts; mail that did not arrive ended nothing."""
    newest = Consent.objects.filter(participant=person, purpose=Purpose.ALERTS).newest_first()
    last = newest.first()
    return bool(last and not last.given and last.method != Method.BOUNCE)
