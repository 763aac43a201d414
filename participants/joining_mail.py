"""The three letters of signing up. Only the owner of an address can tell them apart."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from wagtail.models import Site

from core import mail
from core.models import SiteSettings
from participants import consent
from participants.enums import Purpose, State
from participants.links import mine_url
from participants.models.join_request import JoinRequest
from participants.models.participant import Participant


def send_confirm(row: JoinRequest, token: str) -> None:
    """Ask the owner of an address whether it was they who signed up.

    Names nobody: a name typed by a stranger would make us carry the stranger's words.
    """
    with translation.override(row.language):
        link = settings.BASE_URL + reverse("join_confirm", args=[token])
    mail.send(
        to=mail.Address(_wire(row)),
        template="join_confirm",
        context={"link": link, "texts": list(row.texts.values()), "known": _is_known(row)},
        language=row.language,
    )


def send_known(person: Participant, language: str) -> None:
    """Tell somebody that they get all they ask for, in the language of the form they used."""
    mail.send(
        to=address_of(person),
        template="join_known",
        context={
            "link": mine_url(person, language),
            "agreed": agreed(person, language),
            "paused_until": person.paused_until if person.is_paused() else None,
        },
        language=language,
    )


def send_welcome(person: Participant) -> None:
    """Welcome somebody who confirmed, with the invitation of the community where there is one."""
    site = Site.objects.filter(is_default_site=True).first()
    invite = SiteSettings.for_site(site).community_invite if site else ""
    mail.send(
        to=address_of(person),
        template="join_welcome",
        context={
            "link": mine_url(person),
            "invite": invite,
            "agreed": agreed(person, person.language),
            "paused_until": person.paused_until if person.is_paused() else None,
        },
        language=person.language,
    )


def address_of(person: Participant) -> mail.Address:
    """Return a person as mail is sent to them."""
    return mail.Address(person.wire_address, person.name)


def agreed(person: Participant, language: str) -> list[str]:
    """Return the names of what a person agrees to, in a language."""
    given = consent.given(person)
    with translation.override(language):
        return [str(purpose.label) for purpose in Purpose if purpose in given]


def _is_known(row: JoinRequest) -> bool:
    return bool(row.participant and row.participant.state == State.ACTIVE)


def _wire(row: JoinRequest) -> str:
    return row.participant.wire_address if row.participant else row.address
