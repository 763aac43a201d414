"""Pictures and documents. A document is stored once, under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.filetypes import CONTENT_TYPES, check_content
from core.models.document_version import DocumentVersion


class HubImage(AbstractImage):
    """A picture with the credit its maker asks for."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        # As Wagtail's own image has; editors need it to choose pictures of others.
        permissions = [("choose_hubimage", "Can choose image")]
        verbose_name = _("image")
        verbose_name_plural = _("images")


class HubRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]


def sha256_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it in pieces."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def document_path(document: HubDocument, filename: str) -> str:
    """Return where a document is stored: by its hash, so that a name never clashes."""
    suffix = PurePath(filename).suffix.lower()
    return f"documents/{document.sha256[:2]}/{document.sha256}{suffix}"


class HubDocument(AbstractDocument):
    """A file for readers. `name` is the file name they see when they save it."""

    file = models.FileField(_("file"), upload_to=document_path)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    stored_at = models.DateTimeField(_("file added"), default=timezone.now, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_hubdocument", "Can choose document")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def filename(self) -> str:
        """The name readers see; the stored file is named after its hash."""
        return self.name or PurePath(self.file.name or "").name

    @property
    def content_type(self) -> str:
        """The declared type for this file's extension (RFC 9110 media type)."""
        return CONTENT_TYPES.get(self.file_extension, "application/octet-stream")

    @property
    def is_new_file(self) -> bool:
        """Say whether a file was chosen that is not stored yet."""
        return bool(self.file) and not getattr(self.file, "_committed", True)

    def clean(self) -> None:
        """Refuse what is not the type it says it is, and what is already stored."""
        super().clean()
        if not self.file:
            return
        if self.is_new_file:
            try:
                check_content(self.file, self.file.name or "")
            except ValidationError as error:
                raise ValidationError({"file": error}) from error
        self.set_sha256()
        if self.is_new_file and HubDocument.objects.filter(pk=self.pk, sha256=self.sha256).exists():
            raise ValidationError(
                {"file": _("This is the file that is here now. Choose the new one.")},
                code="unchanged",
            )
        twin = HubDocument.objects.filter(sha256=self.sha256).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError(
                {
                    "file": _("This file is already here, as “%(title)s”. Use that one.")
                    % {"title": twin.title}
                },
                code="duplicate",
            )

    def set_sha256(self) -> None:
        """Compute the hash of a newly chosen file; a stored file keeps its own.

        The name stays what it was when a file is replaced: it is part of the address.
        """
        if self.file and (self.is_new_file or not self.sha256):
            self.sha256 = sha256_of(self.file)
            self.name = self.name or PurePath(self.file.name or "").name[:255]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive hash and size from the file, and keep the file that is replaced."""
        is_new = self.is_new_file
        self.set_sha256()
        with transaction.atomic():
            if is_new:
                self.file_size = self.file.size
                self.stored_at = timezone.now()
                self.version = self._keep_earlier_file() + 1
            super().save(*args, **kwargs)

    def _keep_earlier_file(self) -> int:
        """Make a version of the file that is stored now; return its number, 0 when none is."""
        earlier = HubDocument.objects.select_for_update().filter(pk=self.pk).first()
        if earlier is None:
            return 0
        DocumentVersion.objects.create(
            document=earlier,
            number=earlier.version,
            file=earlier.file.name,
            name=earlier.filename,
            sha256=earlier.sha256,
            file_size=earlier.file_size,
            stored_at=earlier.stored_at,
        )
        return earlier.version
