"""What belongs to a series or an episode: apps, people, chapters, what it talks about."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from podcasts import timecodes
from podcasts.enums import ROLE_GROUPS, Role
from podcasts.fields import MomentField

EPISODE = "podcasts.EpisodePage"
SUBJECTS = ["kenniskamer.ResearchPage", "toolkit.ReleasePage"]


class ListeningApp(Orderable):
    """An app or site where the series can be heard."""

    page = ParentalKey("podcasts.PodcastPage", on_delete=models.CASCADE, related_name="apps")
    name = models.CharField(_("name"), max_length=80, help_text=_("Apple Podcasts, Spotify …"))
    url = models.URLField(_("address"), max_length=500)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("app")
        verbose_name_plural = _("apps")

    def __str__(self) -> str:
        return self.name


class EpisodePerson(Orderable):
    """Somebody who is heard in an episode or worked on it."""

    page = ParentalKey(EPISODE, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=128)
    role = models.CharField(_("role"), max_length=24, choices=Role.choices, default=Role.GUEST)
    url = models.URLField(_("page about this person"), max_length=500, blank=True)
    image = models.ForeignKey(
        "core.HubImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("image")]),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def group(self) -> str:
        """The group of the role in the Podcast Taxonomy: "cast", "writing" …"""
        return ROLE_GROUPS.get(self.role, "cast")


class Chapter(Orderable):
    """A chapter: it begins somewhere, and ends where the next begins."""

    page = ParentalKey(EPISODE, on_delete=models.CASCADE, related_name="chapters")
    start = MomentField(_("start"), help_text=_("Minutes and seconds: 12:34."))
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    image = models.ForeignKey(
        "core.HubImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("image")]),
    ]

    class Meta(Orderable.Meta):
        ordering = ["start", "pk"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """The moment for readers: "12:34"."""
        return timecodes.short(self.start)

    @property
    def seconds(self) -> int:
        """The moment in whole seconds, as an address has it (`#t=754`)."""
        return int(self.start) // 1000


class EpisodeMention(Orderable):
    """A study or release the episode talks about, from a minute on."""

    page = ParentalKey(EPISODE, on_delete=models.CASCADE, related_name="mentions")
    subject = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("study or release"),
    )
    start = MomentField(
        _("minute"), null=True, blank=True, help_text=_("Where it is discussed: 12:34.")
    )
    note = models.CharField(_("what is said about it"), max_length=255, blank=True)

    panels = [
        PageChooserPanel("subject", SUBJECTS),
        FieldRowPanel([FieldPanel("start"), FieldPanel("note")]),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("study or release that is discussed")
        verbose_name_plural = _("studies and releases that are discussed")

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def label(self) -> str:
        """The moment for readers, "" when the whole episode is about it."""
        return timecodes.short(self.start) if self.start is not None else ""

    @property
    def seconds(self) -> int:
        """The moment in whole seconds; 0 when none is given."""
        return int(self.start or 0) // 1000


def refuse_after_end(rows: Any, duration: int) -> None:
    """Refuse a row that begins after the recording ends. Raises ValidationError."""
    for row in rows:
        if row.start is not None and duration and row.start >= duration:
            raise ValidationError(
                _("“%(row)s” begins after the recording ends (%(end)s).")
                % {"row": row, "end": timecodes.short(duration)}
            )
