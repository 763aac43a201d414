"""How often a file was downloaded on a day. Nothing about who."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DownloadCount(models.Model):
    """The downloads of one file on one day. `file` is the name its room gives it."""

    file = models.CharField(_("file"), max_length=100)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("downloads on a day")
        verbose_name_plural = _("downloads per day")
        constraints = [
            models.UniqueConstraint(fields=["file", "day"], name="one_count_per_file_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.day}: {self.count}"
