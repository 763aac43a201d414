"""What happens to a person: mail that bounces or arrives, a complaint, erasing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from core import personal_data
from participants import consent
from participants.enums import STOPPED, Method, Purpose, State
from participants.models.participant import Participant
from participants.transitions import locked, move

MOST_SOFT_BOUNCES = 5
"""So many days in a row on which nothing arrived: the address does not work."""

ONE_BOUNCE_PER = dt.timedelta(hours=20)
"""Several failures within this time count as one: a full mailbox is one fact, not three."""


def record_hard_bounce(participant: Participant, at: dt.datetime | None = None) -> None:
    """Stop mailing an address that its server says does not exist (RFC 3463 class 5)."""
    _stop(participant, State.BOUNCED, Method.BOUNCE, at)


def record_soft_bounce(participant: Participant, at: dt.datetime | None = None) -> None:
    """Count a failure that may pass; stop when nothing arrived too many days in a row."""
    moment = at or timezone.now()
    with locked(participant) as row:
        last = row.last_soft_bounce_at
        if row.state != State.ACTIVE or (last and moment - last < ONE_BOUNCE_PER):
            return
        row.soft_bounces += 1
        row.last_soft_bounce_at = moment
        row.save()
    if participant.soft_bounces >= MOST_SOFT_BOUNCES:
        _stop(participant, State.BOUNCED, Method.BOUNCE, moment)


def record_delivered(participant: Participant) -> None:
    """Forget earlier failures: mail arrived."""
    if participant.soft_bounces:
        Participant.objects.filter(pk=participant.pk).update(
            soft_bounces=0, last_soft_bounce_at=None
        )
        participant.soft_bounces, participant.last_soft_bounce_at = 0, None


def record_complaint(participant: Participant, at: dt.datetime | None = None) -> None:
    """Stop at once: the person told their provider that our mail is spam."""
    _stop(participant, State.COMPLAINED, Method.COMPLAINT, at)


def erase(participant: Participant, at: dt.datetime | None = None) -> None:
    """Erase what every room holds about a person, then the person.

    What stays is a row without name or address, the ledger of consent under it, and the
    keyed hash that keeps the address from being imported again.
    """
    for room in personal_data.registered():
        room.erase(participant)
    _stop(participant, State.ERASED, Method.ERASURE, at)


def change_address(participant: Participant, address: str) -> None:
    """Give a person another address, which they confirmed. The caller checked that it is free.

    Who had stopped stays stopped, under the new address, until they agree again.
    """
    if participant.state == State.ERASED:
        raise ValueError("Somebody who was erased has no address to change.")
    with locked(participant) as row:
        row.address = address
        row.soft_bounces, row.last_soft_bounce_at = 0, None
        if row.state in STOPPED:
            move(row, State.UNSUBSCRIBED)
        row.save()


def _stop(participant: Participant, state: State, method: Method, at: dt.datetime | None) -> None:
    """End every consent and put a person in a state that ends mail.

    A person who complained stays so when mail bounces later; an erased one stays erased.
    """
    moment = at or timezone.now()
    with locked(participant) as row:
        if State(row.state) in _STRONGER[state]:
            return
        for purpose in Purpose:
            consent.end(row, purpose, method, moment)
        move(row, state, moment)


_STRONGER = {
    State.BOUNCED: {State.BOUNCED, State.COMPLAINED, State.ERASED},
    State.COMPLAINED: {State.COMPLAINED, State.ERASED},
    State.ERASED: {State.ERASED},
}
