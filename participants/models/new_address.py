"""A new address that waits to be confirmed by a mail to it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.addresses import LONGEST


class NewAddress(models.Model):
    """The address a person wants instead of theirs. A later wish takes the place of this one."""

    wagtail_reference_index_ignore = True

    participant = models.OneToOneField(
        "participants.Participant",
        on_delete=models.CASCADE,
        related_name="new_address",
        verbose_name=_("participant"),
    )
    address = models.CharField(_("new address"), max_length=LONGEST)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    class Meta:
        verbose_name = _("new address")
        verbose_name_plural = _("new addresses")

    def __str__(self) -> str:
        return f"{self.participant_id}"
