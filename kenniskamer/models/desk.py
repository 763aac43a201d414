"""What the editors' desk knows of each study and each file: one row for each.

A study's draft lives in its latest revision, where no query can look. These rows
repeat what the desk filters and counts by; `kenniskamer.entries` keeps them true.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core.models import Theme
from kenniskamer.choices import StudyKind
from kenniskamer.enums import UNDER_WAY, SourceState, Waiting
from kenniskamer.models.source import SourceFile
from kenniskamer.review import due


class DeskEntryQuerySet(models.QuerySet[Any]):
    """Entries in the words of the desk."""

    def with_waiting(self, today: dt.date) -> DeskEntryQuerySet:
        """Say of each entry what it waits for: `waiting` is one of Waiting, or ""."""
        in_drafts = DeskEntry.files.through.objects.filter(sourcefile=OuterRef("source_file"))
        has_study = Exists(in_drafts)
        source, page = Q(source_file__isnull=False), Q(page__isnull=False)
        is_draft = Q(page__live=False, page__first_published_at__isnull=True)
        has_changes = Q(page__live=True, page__has_unpublished_changes=True)
        unread = Q(source_file__page_count=0) | Q(
            source_file__state=SourceState.TOO_LARGE, source_file__pages_done=0
        )
        # A date that is set will publish it by itself; a copy follows its original.
        open_draft = (
            page
            & (is_draft | has_changes)
            & Q(page__latest_revision__approved_go_live_at__isnull=True)
        )
        return self.annotate(
            waiting=Case(
                When(source & Q(source_file__state__in=UNDER_WAY), then=Value(Waiting.READING)),
                When(source & unread, then=Value(Waiting.FAILED)),
                When(source & ~has_study, then=Value(Waiting.LOOSE)),
                When(Q(page__alias_of__isnull=False) | _is_merged(), then=Value("")),
                When(page & _looks_alike(), then=Value(Waiting.DUPLICATE)),
                When(open_draft & Q(is_complete=False), then=Value(Waiting.TO_FINISH)),
                When(open_draft, then=Value(Waiting.COMPLETE)),
                When(page & due(today, "page__"), then=Value(Waiting.REVIEW)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def open(self, today: dt.date) -> DeskEntryQuerySet:
        """Keep what waits for something."""
        return self.with_waiting(today).exclude(waiting="")


def _is_merged() -> Q:
    """Say in SQL that the work of an entry went into another."""
    merged = apps.get_model("kenniskamer", "MergedWork")
    return Q(Exists(merged.objects.filter(key=OuterRef("page__translation_key"))))


def _looks_alike() -> Q:
    """Say in SQL that a study looks like an older one, and nobody has decided about it."""
    pairs = apps.get_model("kenniskamer", "Lookalike")
    return Q(Exists(pairs.objects.filter(newer=OuterRef("pk"), kept_apart=False)))


class DeskEntry(models.Model):
    """One study or one file, as the desk sees it.

    `missing` holds codes of `kenniskamer.completeness`; `searchable` is folded text;
    `files` are those of the draft.
    `worker` says who is busy with it: a notice for others, not a lock.
    """

    page = models.OneToOneField(
        "kenniskamer.ResearchPage",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="desk_entry",
    )
    source_file = models.OneToOneField(
        "kenniskamer.SourceFile",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="desk_entry",
    )
    title = models.CharField(_("title"), max_length=255)
    searchable = models.TextField(blank=True)
    study_kind = models.CharField(max_length=12, choices=StudyKind.choices, blank=True)
    themes = models.ManyToManyField(Theme, related_name="+")
    files = models.ManyToManyField(SourceFile, related_name="desk_studies")
    missing = models.JSONField(default=list)
    is_complete = models.BooleanField(default=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who works on it"),
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = DeskEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("item on the desk")
        verbose_name_plural = _("items on the desk")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, source_file__isnull=True)
                | Q(page__isnull=True, source_file__isnull=False),
                name="an_entry_is_a_study_or_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.title
