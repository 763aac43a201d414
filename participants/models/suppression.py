"""Addresses that may not be mailed or imported, known by a keyed hash only."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.enums import State


class Suppression(models.Model):
    """One address that is left alone until its owner signs up again.

    The hash cannot be turned into an address without the key, which is not in the
    database: `participants.suppression` makes and compares them.
    """

    hash = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=State.choices)
    at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d}"
