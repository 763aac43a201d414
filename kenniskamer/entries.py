"""Keeping the rows of the desk true to studies and files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save

from wagtail.signals import page_published

from core.models import HubDocument
from kenniskamer import twins
from kenniskamer.completeness import missing_parts
from kenniskamer.models import DeskEntry, MergedWork, ResearchPage, SourceFile
from search.analysis import fold


def connect() -> None:
    """Follow studies, files and the names of files."""
    post_save.connect(follow_page, sender=ResearchPage, dispatch_uid="desk_follows_page")
    post_save.connect(follow_source, sender=SourceFile, dispatch_uid="desk_follows_source")
    page_published.connect(forget_merge, sender=ResearchPage, dispatch_uid="forget_merge")
    post_save.connect(follow_document, sender=HubDocument, dispatch_uid="desk_follows_document")


def follow_page(
    sender: type[ResearchPage], instance: ResearchPage, raw: bool = False, **kwargs: Any
) -> None:
    """Write down what a study's latest draft says, whenever it is saved."""
    if not raw:
        refresh_page(instance)


def forget_merge(sender: type[ResearchPage], instance: ResearchPage, **kwargs: Any) -> None:
    """Let a study that is published again after a merge be a work of its own."""
    if MergedWork.objects.filter(key=instance.translation_key).delete()[0]:
        refresh_page(instance)


def follow_source(
    sender: type[SourceFile], instance: SourceFile, raw: bool = False, **kwargs: Any
) -> None:
    """Give each file its row."""
    if not raw:
        _refresh_source(instance)


def follow_document(sender: type[HubDocument], instance: HubDocument, **kwargs: Any) -> None:
    """Follow a file that gets another name."""
    for source in SourceFile.objects.filter(document=instance):
        _refresh_source(source)


def refresh_page(page: ResearchPage) -> DeskEntry:
    """Bring the row of a study in line with its latest draft, and return it."""
    draft: ResearchPage = page.get_latest_revision_as_object() if page.latest_revision_id else page
    missing = missing_parts(draft)
    entry: DeskEntry = DeskEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "title": draft.title,
            "searchable": _folded(_words_of(draft)),
            "study_kind": draft.study_kind,
            "missing": missing,
            "is_complete": not missing,
        },
    )[0]
    entry.themes.set([row.theme_id for row in draft.page_themes.all()])
    entry.files.set([row.source_file_id for row in draft.sources.all() if row.source_file_id])
    twins.refresh(entry, draft)
    return entry


def _refresh_source(source: SourceFile) -> None:
    document = source.document
    DeskEntry.objects.update_or_create(
        source_file=source,
        defaults={
            "title": document.title,
            "searchable": _folded([document.title, document.filename]),
        },
    )


def _words_of(draft: ResearchPage) -> Iterable[str]:
    """Yield what people look a study up by."""
    yield from (draft.title, draft.original_title, draft.publisher, draft.doi, draft.isbn)
    for author in draft.authors.all():
        yield author.full_name
    for row in draft.sources.all().select_related("source_file__document"):
        yield row.source_file.document.filename


def _folded(parts: Iterable[str]) -> str:
    return " ".join(fold(part) for part in parts if part)
