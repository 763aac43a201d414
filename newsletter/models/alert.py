"""What was mailed about followed things, so that nothing is told twice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.follow import Follow


class Alert(models.Model):
    """One mail of one morning to one person, about everything they follow that was due.

    Written in one transaction with the letter that carries it and with what it tells, so
    that there is never one without the other.
    """

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="alerts"
    )
    day = models.DateField(_("morning"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    address = models.CharField(_("address"), max_length=254, blank=True)
    """As it was used; wiped when the alert is forgotten or the participant erased."""
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    follows = models.ManyToManyField(Follow, related_name="alerts")

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "day"], name="one_alert_per_person_and_morning"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Told(models.Model):
    """One piece of news that an alert told one person. `item` is a `newsletter.alerts.news` key."""

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="told", db_index=False
    )
    item = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("piece of news told")
        verbose_name_plural = _("pieces of news told")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "item"], name="a_person_is_told_a_thing_once"
            )
        ]

    def __str__(self) -> str:
        return self.item
