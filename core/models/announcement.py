"""The change log: one line for each thing that is new, corrected, released or withdrawn."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from core.querysets import visible


class AnnouncementKind(models.TextChoices):
    """What happened."""

    NEW = "new", _("New")
    CORRECTED = "corrected", _("Corrected")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Announcements in the words of their readers."""

    def public(self) -> AnnouncementQuerySet:
        """Keep those whose page a visitor can open."""
        return self.filter(page__in=visible(Page.objects.all()))

    def in_language(self, code: str) -> AnnouncementQuerySet:
        """Keep those about pages in one language."""
        return self.filter(page__locale__language_code=code)

    def since(self, moment: dt.datetime) -> AnnouncementQuerySet:
        """Keep those made at or after a moment."""
        return self.filter(at__gte=moment)


class Announcement(models.Model):
    """One line in the change log. Newsletter, alerts and feeds all read this."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="announcements")
    kind = models.CharField(_("kind"), max_length=12, choices=AnnouncementKind.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.CharField(_("note"), max_length=255, blank=True)
    # The same for the lines that tell one thing in two languages; None when nothing says so.
    about = models.UUIDField(null=True, blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"])]
        constraints = [
            # A page is new once; it may be corrected or released many times.
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(kind="new"), name="a_page_is_new_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"
