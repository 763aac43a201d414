"""What belongs to a study: its authors, its source files, the studies beside it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from kenniskamer.identifiers import clean_orcid

STUDY = "kenniskamer.ResearchPage"


class ResearchAuthor(Orderable):
    """One author of a study: a person or an organisation."""

    page = ParentalKey(STUDY, on_delete=models.CASCADE, related_name="authors")
    family_name = models.CharField(
        _("family name or organisation"),
        max_length=160,
        help_text=_("With its particle as the author writes it: van der Berg."),
    )
    given_names = models.CharField(_("given names or initials"), max_length=120, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("given_names"), FieldPanel("family_name"), FieldPanel("orcid")])
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name in reading order."""
        return f"{self.given_names} {self.family_name}".strip()

    def clean(self) -> None:
        """Check the ORCID by its check digit (ISO 7064 MOD 11-2)."""
        super().clean()
        try:
            self.orcid = clean_orcid(self.orcid)
        except ValueError as error:
            raise ValidationError({"orcid": str(error)}) from error


class ResearchSource(Orderable):
    """One source file of a study, with the title readers see."""

    page = ParentalKey(STUDY, on_delete=models.CASCADE, related_name="sources")
    source_file = models.ForeignKey(
        "kenniskamer.SourceFile",
        on_delete=models.PROTECT,
        related_name="research_sources",
        verbose_name=_("source file"),
    )
    title = models.CharField(
        _("title of the file"),
        max_length=200,
        blank=True,
        help_text=_("Needed when a study has several files: report, annex, summary."),
    )

    panels = [FieldPanel("source_file"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("source file")
        verbose_name_plural = _("source files")

    def __str__(self) -> str:
        return self.title or str(self.source_file)


class RelatedResearch(Orderable):
    """A study an editor puts beside another."""

    page = ParentalKey(STUDY, on_delete=models.CASCADE, related_name="related_research")
    research = models.ForeignKey(
        STUDY, on_delete=models.CASCADE, related_name="+", verbose_name=_("study")
    )

    panels = [PageChooserPanel("research", STUDY)]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("related study")
        verbose_name_plural = _("related studies")

    def __str__(self) -> str:
        return str(self.research)
