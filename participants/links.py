"""The links to a person's own page."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import signed_links
from participants.models.participant import Participant

MINE = "mine"

LIFETIME = dt.timedelta(days=90)
"""How long a link to the own page works; a new one is mailed whenever somebody asks."""


class Owner(Protocol):
    """Whose page it is: a participant, or what was read of one."""

    @property
    def key(self) -> uuid.UUID:
        """The person's own key."""
        ...

    @property
    def link_number(self) -> int:
        """Raised to end all links to the page."""
        ...


def mine_token(participant: Owner) -> str:
    """Return the token of a person's own page; ends when `link_number` is raised."""
    return signed_links.make(MINE, participant.key.hex, nonce=str(participant.link_number))


def mine_url(participant: Participant, language: str = "") -> str:
    """Return the whole address of a person's own page, in their language when none is given."""
    with translation.override(language or participant.language):
        return settings.BASE_URL + reverse("mine", args=[mine_token(participant)])


def participant_of(token: str) -> Participant | None:
    """Return whose page a token opens; None when it is not ours or does not count any more."""
    subject = signed_links.read(MINE, token, max_age=LIFETIME, nonce=_link_number)
    return Participant.objects.filter(key=subject).first() if subject else None


def _link_number(subject: str) -> str | None:
    try:
        key = uuid.UUID(hex=subject)
    except ValueError:
        return None
    number = Participant.objects.filter(key=key).values_list("link_number", flat=True).first()
    return None if number is None else str(number)
