"""What a source file does when its document changes: it is read again, or tidied up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from core.models import HubDocument
from kenniskamer.models import SourceFile
from kenniskamer.tasks import begin_again


def connect() -> None:
    """Follow documents and source files."""
    post_save.connect(read_replaced, sender=HubDocument, dispatch_uid="read_replaced")
    post_delete.connect(delete_cover, sender=SourceFile, dispatch_uid="delete_cover")


def read_replaced(sender: type[HubDocument], instance: HubDocument, **kwargs: Any) -> None:
    """Read a file again when an editor put another in its place."""
    outdated = SourceFile.objects.filter(document=instance).exclude(sha256=instance.sha256)
    for source in outdated:
        source.sha256 = instance.sha256
        begin_again(source)


def delete_cover(sender: type[SourceFile], instance: SourceFile, **kwargs: Any) -> None:
    """Remove the picture of a file that is gone, once that is certain."""
    cover = instance.cover
    name = cover.name
    if name:
        transaction.on_commit(lambda: cover.storage.delete(name))
