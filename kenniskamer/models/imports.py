"""References on their way in: what was handed in, what was read, what was decided.

The rows are the truth. Reading and importing may be broken off at any moment and
taken up again: a row that has its study is never imported again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kenniskamer.bibliography.reading import Found


class ImportState(models.TextChoices):
    """How far an import is."""

    READING = "reading", _("Being read")
    READY = "ready", _("Waits for your choice")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Done")


class Verdict(models.TextChoices):
    """What a record is to this library."""

    NEW = "new", _("New")
    DUPLICATE = "duplicate", _("Already here")
    INCOMPLETE = "incomplete", _("Incomplete")
    UNREADABLE = "unreadable", _("Unreadable")


WORKING = frozenset({ImportState.READING, ImportState.IMPORTING})
"""Something will still happen by itself."""


class ReferenceImport(models.Model):
    """References handed in together. Who works on it holds it until `lease_until`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.READING
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("import of references")
        verbose_name_plural = _("imports of references")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return ", ".join(file.name for file in self.files.all())

    @property
    def is_working(self) -> bool:
        """Say whether something will still happen by itself."""
        return self.state in WORKING


class ReferenceFile(models.Model):
    """One file, or what was pasted. Its bytes are kept until they have been read."""

    batch = models.ForeignKey(ReferenceImport, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("file of references")
        verbose_name_plural = _("files of references")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ReferenceRow(models.Model):
    """One record of a file, what it is to this library, and what became of it."""

    file = models.ForeignKey(ReferenceFile, on_delete=models.CASCADE, related_name="rows")
    batch = models.ForeignKey(ReferenceImport, on_delete=models.CASCADE, related_name="rows")
    found = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    missing = models.JSONField(default=list, blank=True)
    sign = models.CharField(max_length=8, blank=True)
    duplicate_of = models.ForeignKey(
        "kenniskamer.ResearchPage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    twin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    wanted = models.BooleanField(_("import"), default=False)
    failed = models.BooleanField(default=False)
    page = models.ForeignKey(
        "kenniskamer.ResearchPage", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "verdict"])]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.pk}"

    @property
    def reading(self) -> Found:
        """What was found in the file."""
        return Found.from_json(self.found)
