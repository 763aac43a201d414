"""What came back of our mail: reports, complaints, and what was done about them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.alert import Alert
from newsletter.models.delivery import Delivery

RAW_KEPT = dt.timedelta(days=30)
"""How long the mail itself is kept, to look at when somebody doubts it."""

RAW_BYTES = 64_000
"""How much of it is kept: a report stands at its beginning."""


class BounceKind(models.TextChoices):
    """What was told."""

    HARD = "hard", _("Address does not exist")
    SOFT = "soft", _("Could not be delivered now")
    DELAYED = "delayed", _("Delayed, the server goes on trying")
    DELIVERED = "delivered", _("Arrived")
    COMPLAINT = "complaint", _("Marked as spam")
    UNSUBSCRIBE = "unsubscribe", _("Signed off by mail")


class BounceSource(models.TextChoices):
    """How it came to us."""

    MAILBOX = "mailbox", _("Mailbox")
    PIPE = "pipe", _("Handed over by the mail server")
    WEBHOOK = "webhook", _("Told by the mail provider")


class BounceQuerySet(models.QuerySet["Bounce"]):
    """Reports in the words of the room."""

    def with_old_mail(self, at: dt.datetime) -> BounceQuerySet:
        """Those of which the mail is no longer kept."""
        return self.filter(received_at__lt=at - RAW_KEPT).exclude(raw=None)


class Bounce(models.Model):
    """One report about one mail to one person. `digest` makes it count once."""

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    digest = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=12, choices=BounceKind.choices)
    source = models.CharField(_("came by"), max_length=8, choices=BounceSource.choices)
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    participant = models.ForeignKey(
        "participants.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="bounces",
        verbose_name=_("participant"),
    )
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.SET_NULL, related_name="bounces"
    )
    alert = models.ForeignKey(Alert, null=True, on_delete=models.SET_NULL, related_name="bounces")
    status = models.CharField(_("code"), max_length=15, blank=True)
    diagnostic = models.CharField(_("words of the mail server"), max_length=300, blank=True)
    counted = models.BooleanField(_("counted"), default=True)
    """False when it says nothing about the address the person has now."""
    raw = models.BinaryField(null=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mail")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d}"


class SeenMail(models.Model):
    """A mail in the mailbox that was looked at and left there, so that it is read once."""

    mailbox = models.CharField(max_length=64)
    name = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("mail that was left alone")
        verbose_name_plural = _("mails that were left alone")
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "name"], name="a_mail_is_seen_once")
        ]

    def __str__(self) -> str:
        return self.name
