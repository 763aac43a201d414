"""A sign-up that somebody sent, until its address is confirmed or it is forgotten."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.addresses import LONGEST, address_key
from participants.models.participant import LONGEST_NAME


class JoinRequest(models.Model):
    """What somebody typed and ticked. Anybody may type any address: it counts for nothing yet.

    The web request writes this one row, for a known address as for a new one; everything
    that differs happens later, in `participants.joining.take_up`.
    """

    wagtail_reference_index_ignore = True

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(_("e-mail address"), max_length=LONGEST)
    address_key = models.CharField(max_length=LONGEST, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    # Purpose to the very text that stood beside its box.
    texts = models.JSONField(_("agreed to"), default=dict)
    form_address = models.CharField(_("page of the form"), max_length=255, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    participant = models.ForeignKey(
        "participants.Participant",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="join_requests",
        verbose_name=_("participant"),
    )
    taken_up_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["address_key", "mailed_at"]),
            models.Index(fields=["taken_up_at", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive the form by which two spellings of one address are the same."""
        self.address_key = address_key(self.address)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
