"""The rows of this room, and letters, that are about one person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.models import Letter
from participants.models import Consent, ImportRow, JoinRequest, NewAddress, Participant, Pause


def consents(row: Participant) -> QuerySet[Consent]:
    """Return what somebody agreed to, the oldest first."""
    facts: QuerySet[Consent] = Consent.objects.filter(participant=row)
    return facts.select_related("text").order_by("pk")


def requests(row: Participant) -> QuerySet[JoinRequest]:
    """Return the sign-ups with this address, whoever sent them."""
    return JoinRequest.objects.filter(_theirs(row))


def imports(row: Participant) -> QuerySet[ImportRow]:
    """Return the rows of lists that are about somebody."""
    return ImportRow.objects.filter(_theirs(row))


def mails(row: Participant) -> QuerySet[Letter]:
    """Return the mails to somebody that wait to leave or are in doubt; others name nobody."""
    return Letter.objects.naming(row.wire_address if row.address else "", about=row.key)


def pauses(row: Participant) -> QuerySet[Pause]:
    """Return when somebody asked for silence, the oldest first."""
    facts: QuerySet[Pause] = Pause.objects.filter(participant=row)
    return facts.order_by("pk")


def new_address(row: Participant) -> NewAddress | None:
    """Return the address that waits to be confirmed."""
    return NewAddress.objects.filter(participant=row).first()


def _theirs(row: Participant) -> Q:
    same = Q(participant=row)
    return same | Q(address_key=row.address_key) if row.address_key else same
