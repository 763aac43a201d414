"""The bibliographic record of a study: what its original is, and how it is found again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from kenniskamer.bibliography import dates
from kenniskamer.choices import Licence, OriginalLanguage, StudyKind
from kenniskamer.identifiers import clean_doi, clean_isbn
from kenniskamer.models.parts import ResearchAuthor


class RecordPage(BasePage):
    """A page with the facts of an original, and its `authors` in order."""

    original_title = models.CharField(_("original title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher or institute"), max_length=255, blank=True)
    place = models.CharField(_("place of publication"), max_length=120, blank=True)
    container_title = models.CharField(_("journal or book it is in"), max_length=255, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    page_range = models.CharField(
        _("page numbers"), max_length=60, blank=True, help_text=_("As 207-223.")
    )
    report_number = models.CharField(_("number of the report"), max_length=40, blank=True)
    editors = models.TextField(
        _("editors of the book"),
        blank=True,
        help_text=_("One a line, family name first: van der Berg, Anna."),
    )
    study_kind = models.CharField(
        _("kind of publication"), max_length=12, choices=StudyKind.choices, default=StudyKind.REPORT
    )
    published_year = models.PositiveSmallIntegerField(
        _("year of publication"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1400), MaxValueValidator(2200)],
    )
    published_on = models.DateField(_("date of publication"), null=True, blank=True)
    date_text = models.CharField(
        _("month or period"),
        max_length=60,
        blank=True,
        help_text=_("Only when year and date do not say it: 2019-05, 2019/2021, in press."),
    )
    original_language = models.CharField(
        _("language of the original"), max_length=3, choices=OriginalLanguage.choices, blank=True
    )
    doi = models.CharField("DOI", max_length=255, blank=True, help_text=_("As 10.1234/abcd."))
    isbn = models.CharField("ISBN", max_length=17, blank=True)
    source_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence of the original"), max_length=20, choices=Licence.choices, blank=True
    )

    reference = models.JSONField(_("imported reference"), default=dict, blank=True, editable=False)
    """What an imported record said that has no field of its own, in the words of CSL-JSON."""

    # Facts of the original are the same in every language.
    override_translatable_fields = [
        SynchronizedField(name)
        for name in (
            "original_title",
            "publisher",
            "place",
            "container_title",
            "volume",
            "issue",
            "page_range",
            "report_number",
            "editors",
            "reference",
            "doi",
            "isbn",
            "published_year",
            "published_on",
            "date_text",
        )
    ]

    record_panel = MultiFieldPanel(
        [
            FieldPanel("original_title"),
            InlinePanel("authors", heading=_("Authors, in order"), label=_("Author")),
            FieldRowPanel([FieldPanel("study_kind"), FieldPanel("original_language")]),
            FieldRowPanel([FieldPanel("publisher"), FieldPanel("place")]),
            FieldRowPanel(
                [
                    FieldPanel("published_year"),
                    FieldPanel("published_on"),
                    FieldPanel("date_text"),
                ]
            ),
            FieldPanel("container_title"),
            FieldRowPanel(
                [
                    FieldPanel("volume"),
                    FieldPanel("issue"),
                    FieldPanel("page_range"),
                    FieldPanel("report_number"),
                ]
            ),
            FieldPanel("editors"),
            FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
            FieldPanel("source_url"),
            FieldPanel("licence"),
        ],
        heading=_("Bibliographic record"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Normalise the identifiers and keep year and date in agreement."""
        super().clean()
        errors: dict[str, Any] = {}
        for field, cleaner in (("doi", clean_doi), ("isbn", clean_isbn)):
            try:
                setattr(self, field, cleaner(getattr(self, field)))
            except ValueError as error:
                errors[field] = str(error)
        if self.published_on and not self.published_year:
            self.published_year = self.published_on.year
        if self.published_on and self.published_on.year != self.published_year:
            errors["published_year"] = _("The year and the date of publication differ.")
        began = dates.parse(self.date_text).year
        if began and not self.published_year:
            self.published_year = began
        if began and began != self.published_year:
            errors["date_text"] = _("The year of publication and this month or period differ.")
        if errors:
            raise ValidationError(errors)

    @cached_property
    def author_list(self) -> list[ResearchAuthor]:
        """The authors in order."""
        return list(self.authors.all())

    @property
    def authors_in_short(self) -> str:
        """The authors as a list names them: one, two, or the first and others."""
        names = [author.family_name for author in self.author_list]
        if len(names) > 2:
            return gettext("%(first)s and others") % {"first": names[0]}
        return (" " + gettext("and") + " ").join(names)

    @property
    def doi_url(self) -> str:
        """The address that resolves the DOI."""
        return f"https://doi.org/{self.doi}" if self.doi else ""
