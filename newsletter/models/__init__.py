"""The models of the newsletter."""

from newsletter.models.alert import Alert, Told
from newsletter.models.bounce import Bounce, BounceKind, BounceSource, SeenMail
from newsletter.models.delivery import Delivery
from newsletter.models.edition import Edition
from newsletter.models.edition_page import EditionPage
from newsletter.models.follow import Follow, Frequency
from newsletter.models.frozen import FrozenMail
from newsletter.models.link import LinkRound, OutsideLink
from newsletter.models.newsletter_page import NewsletterPage
from newsletter.models.reply import Reply
from newsletter.models.sender import Installation, Pace, Sender
from newsletter.models.sender_check import SenderCheck

__all__ = [
    "Alert",
    "Bounce",
    "BounceKind",
    "BounceSource",
    "Delivery",
    "Edition",
    "EditionPage",
    "Follow",
    "Frequency",
    "FrozenMail",
    "Installation",
    "LinkRound",
    "NewsletterPage",
    "OutsideLink",
    "Pace",
    "Reply",
    "SeenMail",
    "Sender",
    "SenderCheck",
    "Told",
]
