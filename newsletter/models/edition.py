"""One edition of the newsletter, whatever its languages: where it stands."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.enums import FROZEN, EditionState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from newsletter.models.edition_page import EditionPage


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions in the words of the room."""

    def sent(self) -> EditionQuerySet:
        """What went out to everybody it could go to."""
        return self.filter(state=EditionState.SENT)


class Edition(models.Model):
    """One edition: the row is the truth about how far it is.

    Its pages, one per language, hold what editors compose; its mails (`FrozenMail`) what
    was approved; its deliveries who got it.
    """

    pages: RelatedManager[EditionPage]
    """One per language; told here because checkers of types meet the two in any order."""
    translation_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """The same as that of its pages."""
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(
        _("state"), max_length=10, choices=EditionState.choices, default=EditionState.DRAFT
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    """Why it waits, was paused by the machine, or failed; for people."""
    created_at = models.DateTimeField(auto_now_add=True)
    cutoff = models.DateTimeField(_("collected until"), null=True, blank=True)
    """What was announced up to here is in it; the next edition begins here."""
    topics = models.JSONField(_("themes"), default=list, blank=True)
    """Slugs of the themes its items touch. Empty: it is for everybody."""

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    scheduled_at = models.DateTimeField(_("to be sent"), null=True, blank=True)
    started_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)
    queued_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When there was a row for everybody; empty while rows are being made."""
    queueing_until = models.DateTimeField(null=True, blank=True, editable=False)
    """Until when one process has the making of rows to itself."""
    active_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When a sender last looked after it; long ago means an outage or a restored copy."""
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When an editor was last asked what to do with it; see `newsletter.waiting`."""
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Say whether subject, HTML and text are fixed."""
        return self.state in FROZEN
