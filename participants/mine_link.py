"""Mailing somebody the link to their own page, without telling who is known here."""

from __future__ import annotations

import datetime as dt

from core import mail
from core.forms_rate import Limit
from participants.links import mine_url
from participants.models import Participant

PER_PERSON = Limit("mine_person", most=3, window=dt.timedelta(hours=1))
"""Nobody's mailbox can be filled by asking for their link over and over."""

TEMPLATE = "mine_link"


def mail_link(address: str, language: str) -> None:
    """Mail the link when the address is known here, and take as long when it is not."""
    person = Participant.objects.with_address(address).first()
    if person is None or PER_PERSON.spend_on(person.key.hex):
        mail.render(TEMPLATE, {"mine_url": "-", "name": ""}, language)
        return
    # A name that nobody confirmed may be a stranger's words: they are not for us to carry.
    name = person.name if person.confirmed_at else ""
    mail.send(
        to=mail.Address(person.wire_address, name),
        template=TEMPLATE,
        context={"mine_url": mine_url(person)},
        language=person.language,
    )
