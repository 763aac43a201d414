"""The models of the newsletter."""

from newsletter.models.delivery import Delivery
from newsletter.models.edition import Edition
from newsletter.models.frozen import FrozenMail
from newsletter.models.sender import Installation, Pace, Sender

__all__ = ["Delivery", "Edition", "FrozenMail", "Installation", "Pace", "Sender"]
