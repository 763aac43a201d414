"""How often a public form was sent from one range of addresses. Kept for minutes."""

from __future__ import annotations

from django.db import models


class FormCount(models.Model):
    """The posts to one form from one range of network addresses in one window of time.

    `range_hash` is a keyed hash that differs per window, so that rows of two windows cannot
    be told to be of one visitor.
    """

    form = models.CharField(max_length=30)
    range_hash = models.CharField(max_length=32)
    until = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "range_hash", "until"], name="one_count_per_form_range_and_window"
            )
        ]
        indexes = [models.Index(fields=["until"])]

    def __str__(self) -> str:
        return f"{self.form} until {self.until:%H:%M}: {self.count}"
