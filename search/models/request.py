"""What still has to reach the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexRequest(models.Model):
    """One document that changed, written in the same transaction as the change.

    The row goes away when the index has caught up, so what a dead worker left is
    still here. It says only which document: what the index must hold is read from
    the page itself, at that moment. `taken_until` is the lease of a worker; before
    `not_before` it is not tried again.
    """

    key = models.CharField(_("document"), max_length=100, db_index=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("index request")
        verbose_name_plural = _("index requests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
