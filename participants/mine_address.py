"""Giving people another address: confirmed at the new one, told at the old one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from core import mail, signed_links
from core.forms_rate import Limit
from participants import standing, suppression
from participants.addresses import wire_address
from participants.enums import State
from participants.masking import masked
from participants.mine import close_links
from participants.models import NewAddress, Participant

PURPOSE = "new-address"
LIFETIME = dt.timedelta(days=7)
"""How long a new address waits to be confirmed."""

Row = TypeVar("Row", NewAddress, Participant)

PER_PERSON = Limit("new_address", most=5, window=dt.timedelta(days=1))


def ask_new_address(person: Participant, address: str) -> bool:
    """Mail a button to a new address; False when that was done too often today.

    Also when somebody else has it: only its owner may learn that, after the button.
    """
    if PER_PERSON.spend_on(person.key.hex):
        return False
    with transaction.atomic():
        wish, _made = NewAddress.objects.select_for_update().get_or_create(participant=person)
        wish.address, wish.asked_at = address, timezone.now()
        wish.save()
        mail.send(
            to=mail.Address(wire_address(address), person.name),
            template="new_address",
            context={"confirm_url": _confirm_url(wish), "address": address},
            language=person.language,
            about=person.key,
        )
    return True


def _confirm_url(wish: NewAddress) -> str:
    # Bound to the address: a link confirms the one it was mailed to, and no other one.
    person = wish.participant
    token = signed_links.make(PURPOSE, person.key.hex, nonce=wish.address)
    with translation.override(person.language):
        return settings.BASE_URL + reverse("mine_new_address", args=[token])


def wish_of(token: str) -> NewAddress | None:
    """Return the wish that a token confirms; None when it is not ours, too old or replaced."""
    return _about(token, _wishes)


def is_done(token: str) -> bool:
    """Say whether a token is about the address that its person has by now."""
    return _about(token, _people) is not None


def _about(token: str, rows: Callable[[uuid.UUID], QuerySet[Row]]) -> Row | None:
    """Return the row of whom a token is about, if it holds the address the token is bound to."""
    found: Row | None = None

    def address(subject: str) -> str | None:
        nonlocal found
        try:
            key = uuid.UUID(hex=subject)
        except ValueError:
            return None
        found = rows(key).first()
        return found.address if found else None

    return found if signed_links.read(PURPOSE, token, max_age=LIFETIME, nonce=address) else None


def _wishes(key: uuid.UUID) -> QuerySet[NewAddress]:
    return NewAddress.objects.filter(participant__key=key).select_related("participant")


def _people(key: uuid.UUID) -> QuerySet[Participant]:
    return Participant.objects.filter(key=key).exclude(address="")


def is_free(wish: NewAddress) -> bool:
    """Say whether nobody else has the new address."""
    others = Participant.objects.with_address(wish.address).exclude(pk=wish.participant_id)
    return not others.exists()


def confirm(wish: NewAddress) -> bool:
    """Change the address, and tell the old one; False when somebody else has it.

    Mails that went to the old address hold links to this page: they stop working.
    """
    person = wish.participant
    with transaction.atomic():
        if not is_free(wish):
            return False
        old = mail.Address(person.wire_address, person.name)
        context = {"old": masked(person.address), "new": masked(wish.address)}
        standing.change_address(person, wish.address)
        if person.state == State.ACTIVE:  # its owner wants our mail there
            suppression.lift(wish.address)
        close_links(person)
        wish.delete()
        mail.send(
            to=old,
            template="address_changed",
            context=context,
            language=person.language,
            about=person.key,
        )
    return True


def forget_old_wishes(now: dt.datetime | None = None) -> None:
    """Delete new addresses that nobody confirmed in time."""
    old = NewAddress.objects.filter(asked_at__lt=(now or timezone.now()) - LIFETIME)
    if old.exists():
        old.delete()
