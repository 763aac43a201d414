"""People, and what they agreed to."""

from participants.models.consent import Consent, ConsentText
from participants.models.participant import Participant
from participants.models.suppression import Suppression

__all__ = ["Consent", "ConsentText", "Participant", "Suppression"]
