"""People for tests."""

from participants.consent import give
from participants.enums import Method, Purpose
from participants.models import Participant


def make_participant(address="anna@example.org", *purposes, **fields):
    """Make somebody who confirmed, and agreed to these purposes."""
    fields = {"name": "Anna de Boer", **fields}
    person = Participant.objects.create(address=address, **fields)
    for purpose in purposes:
        give(person, Purpose(purpose), method=Method.CONFIRMED)
    return person
