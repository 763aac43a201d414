"""Lists of people on their way in: what was handed in, what each row is, what was decided.

The rows are the truth: an import may be broken off at any moment and taken up again.
Addresses stay here for a short time only; see `participants.importing.actions`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.addresses import LONGEST
from participants.enums import Purpose
from participants.models.participant import LONGEST_NAME


class ImportState(models.TextChoices):
    """How far an import is."""

    COLUMNS = "columns", _("Waits for its columns")
    JUDGING = "judging", _("Being checked")
    READY = "ready", _("Waits for your decision")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Done")
    BROKEN_OFF = "broken_off", _("Broken off")


class Verdict(models.TextChoices):
    """What a row is to us."""

    NEW = "new", _("New")
    UNNAMED = "unnamed", _("Without a name")
    KNOWN = "known", _("Already here")
    SUPPRESSED = "suppressed", _("Left earlier")
    DOUBLE = "double", _("Twice in the list")
    INVALID = "invalid", _("No valid address")


WORKING = frozenset({ImportState.JUDGING, ImportState.IMPORTING})
"""Something will still happen by itself."""


class PeopleImport(models.Model):
    """One list, with the proof that its people agreed. Who works on it holds `lease_until`."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    name = models.CharField(_("name"), max_length=120)
    content = models.BinaryField(null=True)
    roles = models.JSONField(default=list)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    purposes = models.JSONField(_("agreed to"), default=list)
    proof_source = models.CharField(_("where they agreed"), max_length=200)
    proof_date = models.DateField(_("when they agreed"))
    proof_text = models.TextField(_("the text they agreed to"))
    takes_unnamed = models.BooleanField(default=False)
    welcomes = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.COLUMNS
    )
    imported = models.PositiveIntegerField(_("imported"), default=0)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Say whether something will still happen by itself."""
        return self.state in WORKING

    @property
    def purpose_labels(self) -> str:
        """What its people agreed to, in words."""
        return ", ".join(str(Purpose(name).label) for name in self.purposes)


class ImportRow(models.Model):
    """One row of a list, what it is to us, and what became of it."""

    wagtail_reference_index_ignore = True

    batch = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    address = models.CharField(max_length=LONGEST, blank=True)
    address_key = models.CharField(max_length=LONGEST, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    language = models.CharField(max_length=10, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    first_line = models.PositiveIntegerField(null=True)
    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["batch", "verdict"]),
            models.Index(fields=["address_key"]),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"
