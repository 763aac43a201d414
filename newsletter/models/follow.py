"""Something a person follows: a search, or a theme."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.alerts.subjects import Subject

FORGOTTEN_AFTER = dt.timedelta(days=14)
"""So long somebody may wait before confirming what they asked to follow."""


class Frequency(models.TextChoices):
    """How often somebody wants to hear what is new in what they follow."""

    DAILY = "daily", _("At most once a day")
    WEEKLY = "weekly", _("At most once a week, on Monday")
    NEWSLETTER = "newsletter", _("The morning after each newsletter")


class FollowQuerySet(models.QuerySet["Follow"]):
    """Follows in the words of the room."""

    def active(self) -> FollowQuerySet:
        """What people confirmed and have not stopped."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None)

    def forgotten(self, at: dt.datetime) -> FollowQuerySet:
        """What nobody confirmed in time, and what was stopped as long ago."""
        before = at - FORGOTTEN_AFTER
        asked = models.Q(confirmed_at=None, asked_at__lt=before)
        return self.filter(asked | models.Q(stopped_at__lt=before))


class Follow(models.Model):
    """A search or a theme that one person follows in one language of the site.

    `considered_at` is until when what is new was looked at; `waiting_since` is when the
    oldest news was announced that was left to an edition still under way. `frequency` and
    `confirmed_at` change only by the person.
    """

    # Nobody is found back through a list of "where is this used".
    wagtail_reference_index_ignore = True

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        "participants.Participant",
        on_delete=models.CASCADE,
        related_name="follows",
        verbose_name=_("participant"),
    )
    query = models.TextField(_("search"))
    digest = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    considered_at = models.DateTimeField(null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "digest", "language"], name="a_person_follows_a_thing_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["frequency", "considered_at"],
                name="follow_to_consider",
                condition=models.Q(confirmed_at__isnull=False, stopped_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.query

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the digest, which is what is unique."""
        self.digest = self.subject.digest
        super().save(*args, **kwargs)

    @property
    def subject(self) -> Subject:
        """What is followed."""
        return Subject(self.query, self.language)

    @property
    def is_active(self) -> bool:
        """Say whether it was confirmed and not stopped."""
        return self.confirmed_at is not None and self.stopped_at is None
