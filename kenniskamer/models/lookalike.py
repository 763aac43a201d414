"""Studies that look like one another, what was decided about them, and works that were merged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kenniskamer.models.desk import DeskEntry


class DeskKey(models.Model):
    """One thing a study on the desk can be known by; `digest` is the SHA-256 of the key."""

    entry = models.ForeignKey(DeskEntry, on_delete=models.CASCADE, related_name="keys")
    sign = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("key of a study")
        verbose_name_plural = _("keys of studies")
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="one_key_per_entry")
        ]

    def __str__(self) -> str:
        return f"{self.sign}: {self.entry}"


class Lookalike(models.Model):
    """Two studies that may be the same. `signs` says what they share.

    `kept_apart` remembers that an editor looked and found two works; such a pair is
    never asked about again.
    """

    older = models.ForeignKey(DeskEntry, on_delete=models.CASCADE, related_name="newer_alike")
    newer = models.ForeignKey(DeskEntry, on_delete=models.CASCADE, related_name="older_alike")
    signs = models.JSONField(default=list)
    kept_apart = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="one_row_per_pair"),
            models.CheckConstraint(
                condition=models.Q(older__lt=models.F("newer")), name="a_pair_is_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older} = {self.newer}"


class MergedWork(models.Model):
    """A work that went into another. Never deleted, so that its permanent address lives on."""

    key = models.UUIDField(_("key of the work"), unique=True)
    into = models.UUIDField(_("key of the work it went into"), db_index=True)
    at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        verbose_name = _("merged work")
        verbose_name_plural = _("merged works")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(key=models.F("into")), name="a_work_goes_into_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.into}"
