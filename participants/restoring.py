"""Taking back what a bounce did: an editor knows that the address works after all."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from participants.enums import Method, Purpose, State
from participants.models import Consent, Participant
from participants.transitions import locked, move


def restore(participant: Participant, *, proof: str, at: dt.datetime | None = None) -> bool:
    """Let somebody whose mail bounced agree again to what they agreed to before it did.

    `proof` says who decided so and why. Only a bounce can be taken back: who complained or
    left comes back by themselves. Returns whether there was anything to take back.
    """
    moment = at or timezone.now()
    with locked(participant) as row:
        if row.state != State.BOUNCED:
            return False
        ended = [fact for purpose in Purpose if (fact := _ended_by_bounce(row, purpose))]
        for fact in ended:
            before = Consent.objects.filter(
                participant=row, purpose=fact.purpose, given=True, pk__lt=fact.pk
            ).newest_first()[0]
            Consent.objects.create(
                participant=row,
                purpose=fact.purpose,
                given=True,
                at=moment,
                method=Method.EDITOR,
                text=before.text,
                asked_at=before.asked_at,
                form_address=before.form_address,
                proof=proof[:255],
            )
        move(row, State.ACTIVE, moment)
    return True


def _ended_by_bounce(row: Participant, purpose: Purpose) -> Consent | None:
    """Return the newest fact of a purpose when that is its end by a bounce."""
    newest = Consent.objects.filter(participant=row, purpose=purpose).newest_first().first()
    return newest if newest and not newest.given and newest.method == Method.BOUNCE else None
