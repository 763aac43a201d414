"""The evidence label of a study: how strong it is and how far it carries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.models import BasePage
from kenniskamer.choices import MEANINGS, EvidenceKind, EvidenceStrength, EvidenceTransfer


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the evidence label, and what it means."""

    word: str
    meaning: str


class EvidencePage(BasePage):
    """A page with what an editor says of the evidence, and when somebody last checked that."""

    evidence_kind = models.CharField(
        _("kind of study"), max_length=12, choices=EvidenceKind.choices, blank=True
    )
    evidence_strength = models.CharField(
        _("strength"), max_length=12, choices=EvidenceStrength.choices, blank=True
    )
    evidence_transfer = models.CharField(
        _("carries to the Netherlands"), max_length=12, choices=EvidenceTransfer.choices, blank=True
    )
    evidence_note = models.TextField(_("why this label"), blank=True)
    evidence_checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last saw that summary and label still hold. Readers see it."),
    )

    evidence_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("evidence_kind"), FieldPanel("evidence_strength")]),
            FieldRowPanel([FieldPanel("evidence_transfer"), FieldPanel("evidence_checked_on")]),
            FieldPanel("evidence_note"),
        ],
        heading=_("Evidence label"),
    )

    class Meta:
        abstract = True

    @property
    def evidence_meanings(self) -> list[Meaning]:
        """The words of the evidence label that this study has, each with what it means."""
        chosen = (
            EvidenceStrength(self.evidence_strength) if self.evidence_strength else None,
            EvidenceKind(self.evidence_kind) if self.evidence_kind else None,
            EvidenceTransfer(self.evidence_transfer) if self.evidence_transfer else None,
        )
        return [Meaning(str(word.label), str(MEANINGS[word])) for word in chosen if word]
