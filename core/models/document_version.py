"""Files that were replaced: kept, and readable at an address of their own."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.filetypes import CONTENT_TYPES


class DocumentVersion(models.Model):
    """One earlier file of a document. Never changed afterwards.

    `number` counts from 1 in the order the files came; the document itself holds the
    newest. `stored_at` says since when this file was the newest, `replaced_at` until when.
    """

    document = models.ForeignKey(
        "core.HubDocument", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    file = models.FileField(_("file"))
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    stored_at = models.DateTimeField(_("added"))
    replaced_at = models.DateTimeField(_("replaced"), auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaced by"),
    )
    reason = models.CharField(_("what changed, and why"), max_length=500, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("earlier file")
        verbose_name_plural = _("earlier files")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_file_per_version_of_a_document"
            )
        ]

    def __str__(self) -> str:
        return gettext("version %(number)d") % {"number": self.number}

    @property
    def filename(self) -> str:
        """The name readers see when they save it."""
        return self.name

    @property
    def content_type(self) -> str:
        """The declared type for this file's extension (RFC 9110 media type)."""
        suffix = PurePath(self.name).suffix.removeprefix(".").lower()
        return CONTENT_TYPES.get(suffix, "application/octet-stream")

    @property
    def url(self) -> str:
        """The permanent address of this file."""
        return reverse("document_version", args=[self.document_id, self.number, self.name])
