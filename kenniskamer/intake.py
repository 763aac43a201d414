"""Taking in a file: stored once, recognised when it is here, refused with a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.filetypes import check_content, looks_like
from core.models import HubDocument
from core.models.media import sha256_of
from kenniskamer.models import ResearchPage, SourceFile
from kenniskamer.pagetext import normalise
from kenniskamer.suggestions import title_from_file_name
from kenniskamer.tasks import WAKE_AGAIN, wake

NAME_CHARACTERS = 200
HEAD_BYTES = 1024
"""Readers accept the PDF header anywhere in the first bytes (ISO 32000-2, annex I)."""


class IntakeStatus(StrEnum):
    """What became of a file that was handed in."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What became of a file. `error` is a sentence for the editor, "" when all is well."""

    status: IntakeStatus
    source_file: SourceFile | None = None
    page: ResearchPage | None = None
    error: str = ""

    @property
    def document(self) -> HubDocument | None:
        """The stored document; None when the file was refused."""
        return self.source_file.document if self.source_file else None


def receive(
    file: IO[bytes],
    filename: str,
    user: Any = None,
    *,
    wants_draft: bool = True,
    in_background: bool = True,
) -> IntakeResult:
    """Take in one PDF.

    A new file is stored and waits to be read; with `wants_draft` reading it
    makes a draft study. Without `in_background` no worker is woken: the caller
    reads it.
    """
    try:
        check(file)
    except ValidationError as error:
        return IntakeResult(IntakeStatus.FAILED, error=" ".join(error.messages))
    sha256 = sha256_of(file)
    earlier = SourceFile.objects.filter(document__versions__sha256=sha256).first()
    if earlier:
        return IntakeResult(IntakeStatus.DUPLICATE, earlier, page_of(earlier))
    try:
        with transaction.atomic():
            source, is_new = _stored(file, clean_name(filename), sha256, user, wants_draft)
            if is_new and in_background:
                wake(source)
    except IntegrityError:
        # Somebody handed in the same file at the same moment.
        source, is_new = SourceFile.objects.get(document__sha256=sha256), False
    status = IntakeStatus.CREATED if is_new else IntakeStatus.DUPLICATE
    return IntakeResult(status, source, page_of(source))


def check(file: IO[bytes]) -> None:
    """Refuse what is not a PDF by its content, or too large to be stored.

    Raises ValidationError with a sentence that says what to do.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head:
        raise ValidationError(_("This file is empty. Check it and add it again."))
    if not looks_like(head, "pdf"):
        raise ValidationError(_("This is not a PDF. Save or export it as PDF and add that file."))
    check_content(file, "file.pdf")


def clean_name(filename: str) -> str:
    """Return a file name that is safe to store and to show, ending in .pdf."""
    name = normalise(re.split(r"[/\\]", filename)[-1]).replace("\n", " ")
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE).strip(" .")
    return f"{stem[:NAME_CHARACTERS] or 'document'}.pdf"


def page_of(source: SourceFile) -> ResearchPage | None:
    """Return the study a file belongs to: the one that has been here longest."""
    page: ResearchPage | None = (
        ResearchPage.objects.filter(sources__source_file=source).order_by("pk").first()
    )
    return page


def delete(source: SourceFile) -> None:
    """Remove a file that belongs to no study, with everything that was read from it.

    Raises ProtectedError when it does belong to one.
    """
    with transaction.atomic():
        document = source.document
        source.delete()
        document.delete()


def _stored(
    file: IO[bytes], name: str, sha256: str, user: Any, wants_draft: bool
) -> tuple[SourceFile, bool]:
    """Return the source file of these bytes, and whether it is new."""
    document = HubDocument.objects.filter(sha256=sha256).first()
    if document is None:
        document = HubDocument(title=title_from_file_name(name), uploaded_by_user=user)
        document.file = File(file, name=name)
        document.save()
    return SourceFile.objects.get_or_create(
        document=document,
        defaults={
            "sha256": sha256,
            "wants_draft": wants_draft,
            "lease_until": timezone.now() + WAKE_AGAIN,
        },
    )
