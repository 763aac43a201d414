"""A few invented people, so that the desk for participants is not empty."""

from __future__ import annotations

import datetime as dt

from participants.admitting import Proof, admit
from participants.consent import withdraw_all
from participants.enums import Method, Purpose
from participants.mine import pause
from participants.models import Note, Participant
from participants.standing import record_hard_bounce

NEWSLETTER, ALERTS = Purpose.NEWSLETTER, Purpose.ALERTS
# Nobody's: example.org is reserved and takes no mail (RFC 2606).
PEOPLE = (
    ("noor@example.org", "Noor van den Berg", "nl", (NEWSLETTER, ALERTS)),
    ("samir@example.org", "Samir El Amrani", "nl", (NEWSLETTER,)),
    ("grace@example.org", "Grace Okafor", "en", (NEWSLETTER,)),
    ("marijke@example.org", "Marijke Postma", "nl", (NEWSLETTER,)),
    ("tomasz@example.org", "Tomasz Wójcik", "en", (ALERTS,)),
    ("oud-adres@example.org", "Henk Smit", "nl", (NEWSLETTER,)),
)
PROOF = Proof(
    "Verzonnen voorbeeld bij de installatie",
    dt.date(2026, 9, 1),
    "Ja, stuur mij de nieuwsbrief van dit netwerk.",
)


def build() -> int:
    """Make the invented people where there are none at all; return how many."""
    if Participant.objects.exists():
        return 0
    for address, name, language, purposes in PEOPLE:
        person = Participant.objects.create(address=address, name=name, language=language)
        admit(person, purposes, PROOF)
    _live_through_something()
    return len(PEOPLE)


def _live_through_something() -> None:
    """Let some of them pause, leave, or have an address that does not work."""
    people = {one.address.partition("@")[0]: one for one in Participant.objects.all()}
    pause(people["samir"], 3)
    withdraw_all(people["marijke"], method=Method.ONE_CLICK)
    record_hard_bounce(people["oud-adres"])
    Note.objects.create(
        participant=people["noor"], text="Wil in het voorjaar iets vertellen over haar project."
    )
