"""Letting somebody in whose consent an editor can prove: from a list, or by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from participants import consent
from participants.enums import Method, Purpose
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Proof:
    """Where, when, and to which text somebody agreed."""

    source: str
    date: dt.date
    text: str

    @property
    def moment(self) -> dt.datetime:
        """Noon of the day: the hour is not known."""
        return timezone.make_aware(dt.datetime.combine(self.date, dt.time(12)))

    def __str__(self) -> str:
        return f"{self.source}, {self.date:%Y-%m-%d}"


def admit(person: Participant, purposes: Iterable[Purpose], proof: Proof) -> None:
    """Write down what a person agreed to, by that proof.

    Raises `participants.consent.ConsentError` for an address that left earlier.
    """
    with transaction.atomic():
        for purpose in purposes:
            consent.give(
                person,
                purpose,
                method=Method.IMPORT,
                text=consent.stored_text(purpose, person.language, proof.text),
                asked_at=proof.moment,
                proof=str(proof),
            )
