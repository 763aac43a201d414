"""Putting a new file in the place of a source file: the address stays, the earlier file too."""

from __future__ import annotations

from typing import IO, Any

from django.core.files import File
from django.db import transaction

from core.models import DocumentVersion, HubDocument
from kenniskamer.intake import check
from kenniskamer.models import SourceFile


def replace(source: SourceFile, file: IO[bytes], name: str, *, user: Any, reason: str) -> None:
    """Store a new file for a source and have it read; raises ValidationError with a sentence.

    The file it replaces becomes an earlier version of the document, with `reason` and `user`.
    """
    check(file)
    with transaction.atomic():
        document = HubDocument.objects.select_for_update().get(pk=source.document_id)
        document.file = File(file, name=name)
        document.clean()
        document.save()
        DocumentVersion.objects.filter(document=document, number=document.version - 1).update(
            replaced_by=user, reason=reason
        )
