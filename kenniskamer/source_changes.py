"""Keeping what a new file says otherwise than the one it replaced."""

from __future__ import annotations

from core.models import DocumentVersion
from kenniskamer.comparison import compare
from kenniskamer.models import SourceChange, SourceFile


def note_changes(source: SourceFile, old: list[str], new: list[str]) -> None:
    """Store what differs from the file that was replaced last, unless that is done already."""
    version = DocumentVersion.objects.filter(document=source.document_id).first()
    if version is None or SourceChange.objects.filter(version=version).exists():
        return
    difference = compare(old, new)
    SourceChange.objects.create(
        source_file=source,
        version=version,
        pages_before=len(old),
        pages_after=len(new),
        changed=difference.changed,
        added=difference.added,
        removed=difference.removed,
    )
