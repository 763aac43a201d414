"""What was done with people's data at the desk: who, when, how many. Never about whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.consent import AppendOnly


class ActKind(models.TextChoices):
    """What was done."""

    EXPORT = "export", _("Exported a list")
    IMPORT = "import", _("Imported a list")
    ADDED = "added", _("Added by hand")
    SIGNED_OFF = "signed_off", _("Signed off on request")
    ERASED = "erased", _("Erased on request")
    OWN_ERASURE = "own_erasure", _("Erased by the person")
    EXPIRED = "expired", _("Erased because the term was over")


class Act(AppendOnly):
    """One line of the log. It stays when the people it was about are forgotten."""

    wagtail_reference_index_ignore = True

    kind = models.CharField(_("what"), max_length=12, choices=ActKind.choices)
    count = models.PositiveIntegerField(_("number of people"), default=1)
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    remark = models.CharField(_("remark"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("lines of the log")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.count}), {self.at:%Y-%m-%d}"
