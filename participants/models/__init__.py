"""People, and what they agreed to."""

from participants.models.act import Act
from participants.models.consent import Consent, ConsentText
from participants.models.importing import ImportRow, PeopleImport
from participants.models.join_request import JoinRequest
from participants.models.new_address import NewAddress
from participants.models.note import Note
from participants.models.participant import Participant
from participants.models.pause import Pause
from participants.models.suppression import Suppression

__all__ = [
    "Act",
    "Consent",
    "ConsentText",
    "ImportRow",
    "JoinRequest",
    "NewAddress",
    "Note",
    "Participant",
    "Pause",
    "PeopleImport",
    "Suppression",
]
