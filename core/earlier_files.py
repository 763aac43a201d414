"""Earlier files of documents leave the disk with the document they belong to, not before."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from core.models import DocumentVersion


def connect() -> None:
    """Follow the versions of documents."""
    post_delete.connect(delete_file, sender=DocumentVersion, dispatch_uid="delete_earlier_file")


def delete_file(sender: type[DocumentVersion], instance: DocumentVersion, **kwargs: Any) -> None:
    """Remove the file of a version that is gone, once that is certain."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
