"""Letters: mails to one person that follow something they did, until they are sent."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """How far a letter is."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    IN_DOUBT = "in_doubt", _("In doubt")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters in the words of the outbox."""

    def in_doubt(self) -> LetterQuerySet:
        """Keep those that may or may not have arrived, about which nobody decided yet."""
        return self.filter(state=LetterState.IN_DOUBT)

    def naming(self, address: str, *, about: uuid.UUID) -> LetterQuerySet:
        """Keep those that still name somebody: they wait to leave, or are in doubt.

        By the address they go to, or by the key of who they are about.
        """
        states = (LetterState.QUEUED, LetterState.SENDING, LetterState.IN_DOUBT)
        theirs = models.Q(about=about)
        if address:
            theirs |= models.Q(to_address__iexact=address)
        return self.filter(theirs, state__in=states)


class Letter(models.Model):
    """One mail in the outbox. Written in the transaction of what it is about.

    Once sent or given up, everything about the person is emptied; what stays says how much
    mail of which kind went out. One in doubt stays whole until somebody decides about it
    (`core.mail_doubt`). Made by `core.mail.send`, moved on by `core.mail_sending`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    to_address = models.CharField(max_length=254, blank=True)
    to_name = models.CharField(max_length=120, blank=True)
    # The key of the person it is about, who may have another address than it goes to.
    about = models.UUIDField(null=True, blank=True, editable=False)
    subject = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState.choices, default=LetterState.QUEUED
    )
    # The envelope sender, where reports of failure go; "" is the address in From.
    return_address = models.CharField(max_length=254, blank=True)
    # Rather not at all than twice: what the server may have taken is in doubt, not sent again.
    only_once = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    ended_at = models.DateTimeField(_("sent or given up"), null=True, blank=True)
    # A code of SMTP (RFC 5321, RFC 3463) or the kind of error: never the server's own words,
    # which repeat the address.
    error = models.CharField(_("error"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.template}, {self.get_state_display()}"

    @property
    def wanted_at(self) -> dt.datetime:
        """When somebody last wanted it to leave: it was written, or decided to go again."""
        return self.decided_at or self.created_at
