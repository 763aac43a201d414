"""That somebody answered an edition: how many did is all that is kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.models.edition import Edition


class Reply(models.Model):
    """One answer. `digest` makes it count once; nothing leads to who wrote it, or what."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="replies")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    received_at = models.DateField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.received_at}"
