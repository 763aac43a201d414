"""When people asked for silence: facts that are written once, beside the ledger of consent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.consent import AppendOnly, AppendOnlyQuerySet


class Pause(AppendOnly):
    """One fact: from `at` this person wants no mail until `until`; without it a pause ended.

    The newest fact counts, as in the ledger of consent. A pause that runs out ends by
    itself, without a fact. `Participant.paused_until` repeats the newest one.
    """

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    participant = models.ForeignKey(
        "participants.Participant",
        # As in the ledger of consent: an erased person keeps an empty row.
        on_delete=models.PROTECT,
        related_name="pauses",
        verbose_name=_("participant"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    until = models.DateTimeField(_("no mail until"), null=True, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["participant", "-id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.until:%Y-%m-%d}" if self.until else f"{self.at:%Y-%m-%d}"
