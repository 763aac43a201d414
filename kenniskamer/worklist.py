"""The list of everything that waits for an editor: narrowed, counted, one page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, IntegerField, Prefetch, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.models import Locale

from core.models import Theme
from kenniskamer.completeness import in_words
from kenniskamer.enums import Waiting
from kenniskamer.models import DeskEntry, SourceFile
from kenniskamer.models.desk import DeskEntryQuerySet
from kenniskamer.models.imports import ImportState, ReferenceImport
from kenniskamer.review import due_since
from search.analysis import fold

PER_PAGE = 50
MOST_WORDS = 8
MINE, NOBODY = "me", "nobody"

LONG_SOURCE = ("outline", "metadata", "suggestions")
"""Columns of a source file that no list shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """The one next step of a row: a link, or with `posts` a button that does it."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Row:
    """One thing that waits, ready to be shown."""

    entry: Any

    @property
    def waiting(self) -> Waiting:
        """What it waits for."""
        return Waiting(self.entry.waiting)

    @property
    def source(self) -> SourceFile | None:
        """The file it is, or the first file of the study it is."""
        found: SourceFile | None = self.entry.source_file
        return found or next(iter(self.entry.files.all()), None)

    @property
    def missing(self) -> list[str]:
        """What a draft misses, in words."""
        return in_words(self.entry.missing) if self.waiting is Waiting.TO_FINISH else []

    @property
    def due_since(self) -> dt.date | None:
        """Since when a public study should be read again."""
        return due_since(self.entry.page) if self.waiting is Waiting.REVIEW else None

    @property
    def alike(self) -> list[str]:
        """The titles of the studies it looks like."""
        pairs = self.entry.older_alike.all()
        return [pair.older.title for pair in pairs if not pair.kept_apart]

    @cached_property
    def url(self) -> str:
        """Where its name leads: the form of a study, the file itself."""
        if self.entry.page_id:
            return reverse("wagtailadmin_pages:edit", args=[self.entry.page_id])
        return str(self.entry.source_file.document.url)

    @cached_property
    def step(self) -> Step:
        """Return the one next step."""
        if self.waiting is Waiting.FAILED:
            url = reverse("kenniskamer_admin:replace", args=[self.entry.source_file_id])
            return Step(_("Replace the file"), url)
        if self.waiting is Waiting.LOOSE:
            url = reverse("kenniskamer_admin:make_draft", args=[self.entry.source_file_id])
            return Step(_("Make a draft"), url, posts=True)
        if self.waiting is Waiting.REVIEW:
            url = reverse("kenniskamer_admin:checked", args=[self.entry.page_id])
            return Step(_("Checked today"), url, posts=True)
        if self.waiting is Waiting.DUPLICATE:
            pair = next(pair for pair in self.entry.older_alike.all() if not pair.kept_apart)
            return Step(_("Compare"), reverse("kenniskamer_admin:compare", args=[pair.pk]))
        labels = {
            Waiting.READING: _("Open the PDF"),
            Waiting.TO_FINISH: _("Finish"),
            Waiting.COMPLETE: _("Check and publish"),
        }
        return Step(labels[self.waiting], self.url)


def narrowed(
    entries: DeskEntryQuerySet, choice: Mapping[str, Any], user: Any, leave_out: str = ""
) -> DeskEntryQuerySet:
    """Apply the filters of the desk. `choice` holds cleaned values; empty ones filter nothing."""
    if choice.get("state") and leave_out != "state":
        entries = entries.filter(waiting=choice["state"])
    if choice.get("theme"):
        key = choice["theme"].translation_key
        with_theme = DeskEntry.objects.filter(themes__translation_key=key)
        entries = entries.filter(pk__in=with_theme.values("pk"))
    if choice.get("kind"):
        entries = entries.filter(study_kind=choice["kind"])
    who = choice.get("who")
    if who == NOBODY:
        entries = entries.filter(worker=None)
    elif who:
        entries = entries.filter(worker=user if who == MINE else int(who))
    for word in fold(choice.get("q") or "").split()[:MOST_WORDS]:
        entries = entries.filter(searchable__contains=word)
    return entries


def for_list(entries: DeskEntryQuerySet) -> DeskEntryQuerySet:
    """Put entries in order, the most urgent kind first, and load what a row shows."""
    files = SourceFile.objects.select_related("document").defer(*LONG_SOURCE)
    urgency = Case(
        *(When(waiting=state, then=Value(place)) for place, state in enumerate(Waiting.values)),
        output_field=IntegerField(),
    )
    return (
        entries.select_related("page", "page__locale", "source_file__document", "worker")
        .defer(
            *(f"source_file__{name}" for name in LONG_SOURCE),
            *(f"page__{name}" for name in ("question", "findings", "practice", "limits")),
        )
        .prefetch_related(Prefetch("files", files), "themes", "older_alike__older")
        .order_by(urgency, "-changed_at", "-pk")
    )


def counts(entries: DeskEntryQuerySet) -> dict[str, int]:
    """Count entries for each state there is."""
    rows = entries.order_by().values_list("waiting").annotate(count=Count("pk"))
    return dict(rows)


def total_open(today: dt.date | None = None) -> int:
    """Count what waits for an editor; files that are being read do so by themselves."""
    entries = DeskEntry.objects.open(today or timezone.localdate())
    imports = ReferenceImport.objects.filter(state=ImportState.READY)
    return entries.exclude(waiting=Waiting.READING).count() + imports.count()


def waiting_imports() -> list[Any]:
    """Return the imports of references that are not done, the oldest first, counted."""
    imports = ReferenceImport.objects.exclude(state=ImportState.DONE).order_by("pk")
    return list(imports.prefetch_related("files").annotate(total=Count("rows")))


def workers() -> list[tuple[str, str]]:
    """Return who works on something now, as choices."""
    ids = DeskEntry.objects.exclude(worker=None).values("worker")
    people = get_user_model().objects.filter(pk__in=ids)
    return [(str(person.pk), name_of(person)) for person in people]


def name_of(user: Any) -> str:
    """Return what colleagues call a user."""
    return user.get_full_name() or user.get_username()


def themes_to_choose() -> Any:
    """Return the themes of the default language: one for each subject."""
    return Theme.objects.filter(locale=Locale.get_default())
