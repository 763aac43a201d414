"""The words an edition and its deliveries are described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    """How far an edition is."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LATE = "late", _("Too late, waiting for an editor")
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


FROZEN = (
    EditionState.APPROVED,
    EditionState.SCHEDULED,
    EditionState.LATE,
    EditionState.SENDING,
    EditionState.PAUSED,
    EditionState.SENT,
    EditionState.STOPPED,
)
"""Subject, HTML and text are fixed in these."""


class DeliveryState(models.TextChoices):
    """How far the mail to one participant is."""

    QUEUED = "queued", _("Waiting")
    CLAIMED = "claimed", _("Taken by a sender")
    ATTEMPTING = "attempting", _("Being handed over")
    SENT = "sent", _("Sent")
    TEMPORARY = "temporary", _("Refused for now, tried again later")
    PERMANENT = "permanent", _("Refused")
    IN_DOUBT = "in_doubt", _("In doubt")
    SKIPPED = "skipped", _("Not sent")


UNFINISHED = (
    DeliveryState.QUEUED,
    DeliveryState.CLAIMED,
    DeliveryState.ATTEMPTING,
    DeliveryState.TEMPORARY,
)
"""While one of these is left, its edition is not finished."""


class SkipReason(models.TextChoices):
    """Why somebody on the list does not get an edition."""

    TOPICS = "topics", _("Nothing in it about the themes they chose")
    TOLD = "told", _("An alert told everything in it already")
    PAUSED = "paused", _("Paused by the participant")
    NO_MAIL = "no_mail", _("Not available in their language, nor in Dutch")
    NO_CONSENT = "no_consent", _("No consent any more")
    ADDRESS = "address", _("The address cannot be used")
    STOPPED = "stopped", _("The edition was stopped")
    ERASED = "erased", _("The participant was erased")


class LinkVerdict(models.TextChoices):
    """What another site said when we asked after a link."""

    ALIVE = "alive", _("Alive")
    MOVED = "moved", _("Moved")
    GONE = "gone", _("Does not exist any more")
    NO_NAME = "no_name", _("There is no site of this name")
    HIDDEN = "hidden", _("Does not show itself to us: look yourself whether it is right")
    SILENT = "silent", _("Does not answer")
    ENDLESS = "endless", _("Leads from one address to the next without end")
    UNSAFE = "unsafe", _("Its certificate is not right: browsers warn readers")
    INSIDE = "inside", _("Not on the open internet: readers do not get there")
    NO_ADDRESS = "no_address", _("Leads to what is no address of a website")


DEAD = (LinkVerdict.GONE, LinkVerdict.NO_NAME)
"""With these a link is dead for certain, and an editor has to say that it stays."""
