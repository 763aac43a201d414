"""Signing up: a request, one mail, one button, and only then a participant who is mailed.

The page that takes a form does the same work for every address: it writes one row. A task
looks who it is about. So neither the answer nor its time tells whether an address is known.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from django_tasks import task

from core import signed_links
from participants import consent, joining_mail
from participants.enums import Method, Purpose, State
from participants.models.join_request import JoinRequest
from participants.models.participant import Participant
from participants.models.pause import Pause
from participants.purposes import text_of

CONFIRM = "confirm"

LINK_LIVES = dt.timedelta(days=7)
"""How long the link in a confirmation mail works."""

MOST_MAILS, MAILS_PER = 3, dt.timedelta(days=1)
"""At most so many mails to one address about signing up, whoever asks for them."""

SAME_MAIL_PER = dt.timedelta(minutes=1)
"""A button that was pressed twice gives one mail."""

CALL_LOST = dt.timedelta(seconds=30)


class Link(Enum):
    """What a link in a confirmation mail can do now."""

    READY = "ready"
    DONE = "done"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def ask(
    *, address: str, name: str, language: str, purposes: Iterable[Purpose], form_address: str
) -> JoinRequest:
    """Write down a sign-up. Nothing more: see the module. The address was cleaned before."""
    row = JoinRequest.objects.create(
        address=address,
        name=name,
        language=language,
        texts={purpose.value: text_of(purpose, language) for purpose in purposes},
        form_address=form_address,
    )
    transaction.on_commit(lambda: take_up_request.enqueue(row.pk))
    return row


@task()
def take_up_request(request_id: int) -> None:
    """Look who signed up, and write to them."""
    take_up(request_id)


def take_up(request_id: int, at: dt.datetime | None = None) -> None:
    """Answer a sign-up with a mail, once; a second call does nothing."""
    now = at or timezone.now()
    with transaction.atomic():
        fresh = JoinRequest.objects.filter(pk=request_id, taken_up_at=None)
        if not fresh.update(taken_up_at=now):
            return
        row = JoinRequest.objects.get(pk=request_id)
        if mailed_enough(row, now):
            return
        row.participant = _who(row)
        row.mailed_at = now
        row.save()
        if set(row.texts) <= consent.given(row.participant):
            joining_mail.send_known(row.participant, row.language)
        else:
            joining_mail.send_confirm(row, token_of(row, now))


def _who(row: JoinRequest) -> Participant:
    person, _made = Participant.objects.get_or_create(
        address_key=row.address_key,
        defaults={"address": row.address, "name": row.name, "language": row.language},
    )
    return person


def mailed_enough(row: JoinRequest, now: dt.datetime) -> bool:
    """Say whether the address of a sign-up got this very mail just now, or many today."""
    recent = JoinRequest.objects.filter(address_key=row.address_key, mailed_at__gt=now - MAILS_PER)
    mailed = list(recent.values_list("mailed_at", "texts", "language"))
    just_now = now - SAME_MAIL_PER
    again = any(
        at and at > just_now and (texts, language) == (row.texts, row.language)
        for at, texts, language in mailed
    )
    return again or len(mailed) >= MOST_MAILS


def token_of(row: JoinRequest, at: dt.datetime) -> str:
    """Return the token by which the owner of the address confirms."""
    return signed_links.make(CONFIRM, row.key.hex, at=at)


def read_link(token: str, at: dt.datetime | None = None) -> tuple[Link, JoinRequest | None]:
    """Return what a confirmation link can do, and the sign-up it is about. Changes nothing."""
    opened = signed_links.open_token(CONFIRM, token)
    if not opened:
        return Link.UNKNOWN, None
    key = uuid.UUID(hex=opened.subject)
    row = JoinRequest.objects.select_related("participant").filter(key=key).first()
    if not row or not row.participant or row.participant.state == State.ERASED:
        return Link.EXPIRED, None
    if row.confirmed_at:
        return Link.DONE, row
    return (Link.EXPIRED if opened.is_older_than(LINK_LIVES, at) else Link.READY), row


def confirm(row: JoinRequest, at: dt.datetime | None = None) -> Participant | None:
    """Give the consents that were asked for; None when this was done before.

    The welcome mail follows in the same transaction, for who agreed to something new.
    """
    now = at or timezone.now()
    with transaction.atomic():
        if not JoinRequest.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=now):
            return None
        person = Participant.objects.select_for_update().get(join_requests=row)
        if person.state == State.ERASED:
            return None
        agreed = consent.given(person)
        if person.state != State.ACTIVE:
            Participant.objects.filter(pk=person.pk).update(name=row.name, language=row.language)
        for purpose, text in row.texts.items():
            consent.give(
                person,
                Purpose(purpose),
                method=Method.CONFIRMED,
                text=consent.stored_text(Purpose(purpose), row.language, text),
                asked_at=row.asked_at,
                form_address=row.form_address,
                at=now,
            )
        person.refresh_from_db()
        if consent.given(person) != agreed:
            joining_mail.send_welcome(person)
    return person


def send_again(row: JoinRequest, at: dt.datetime | None = None) -> bool:
    """Mail a fresh link for a sign-up whose link is too old; False when that was done enough."""
    now = at or timezone.now()
    with transaction.atomic():
        if row.confirmed_at or mailed_enough(row, now):
            return False
        # A row of its own, so that mails are counted and this sign-up lives on from today.
        again = JoinRequest.objects.create(
            address=row.address,
            name=row.name,
            language=row.language,
            texts=row.texts,
            form_address=row.form_address,
            asked_at=row.asked_at,
            participant=row.participant,
            taken_up_at=now,
            mailed_at=now,
        )
        joining_mail.send_confirm(again, token_of(again, now))
    return True


def take_up_overdue() -> None:
    """Take up sign-ups whose wake-up call was lost."""
    lost = JoinRequest.objects.filter(
        taken_up_at=None, asked_at__lt=timezone.now() - CALL_LOST
    ).order_by()
    for pk in lost.values_list("pk", flat=True)[:100]:
        take_up(pk)


def forget_unconfirmed(at: dt.datetime | None = None) -> None:
    """Delete sign-ups that are too old, and people who never confirmed one."""
    before = (at or timezone.now()) - dt.timedelta(days=settings.HUB_FORGET_UNCONFIRMED_DAYS)
    old = JoinRequest.objects.filter(asked_at__lt=before).exclude(mailed_at__gte=before)
    if old.exists():
        old.delete()
    never = Participant.objects.filter(
        state=State.PENDING, created_at__lt=before, join_requests=None
    )
    if never.exists():
        # They may have asked for silence all the same; without consents it proves nothing.
        Pause._base_manager.filter(participant__in=never).delete()
        never.delete()
