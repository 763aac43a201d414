"""The words a release is described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseState(models.TextChoices):
    """How far a release is."""

    COMPOSING = "composing", _("Being composed")
    ASKED = "asked", _("Waiting for a second pair of eyes")
    BUILDING = "building", _("Being built")
    FAILED = "failed", _("Building failed")
    STOPPED = "stopped", _("Building stopped")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC = (ReleaseState.RELEASED, ReleaseState.WITHDRAWN)
"""Readers know these; their content and files never change."""

REPEATABLE = (ReleaseState.FAILED, ReleaseState.STOPPED)

OPEN = (ReleaseState.COMPOSING, *REPEATABLE)
"""These can be edited and offered."""


class NoticeKind(models.TextChoices):
    """What is said about a release after it came out."""

    CORRECTED = "corrected", _("Corrected in a later release")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ToolkitLicence(models.TextChoices):
    """What a reader may do with a release (SPDX identifiers)."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"


class FileKind(models.TextChoices):
    """What a file of a release is."""

    PDF = "pdf", _("The whole release as PDF")
    ZIP = "zip", _("Everything in one ZIP")
    SHEET_PDF = "sheet_pdf", _("One part as PDF")
    SHEET_DOCX = "sheet_docx", _("One part as Word document")
    PICTURE = "picture", _("Picture")
