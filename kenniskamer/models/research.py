"""One study: our own summary, its bibliographic record, its source files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from core.backlinks import Uses, used_by
from core.contracts import Badge, CardImage, SearchPassage
from core.models import BasePage
from core.plain_text import rich_text, until
from kenniskamer import explained, feeds, neighbours
from kenniskamer.bibliography import dates
from kenniskamer.choices import (
    MEANINGS,
    EvidenceKind,
    EvidenceStrength,
    EvidenceTransfer,
    Licence,
    OriginalLanguage,
    StudyKind,
)
from kenniskamer.exports.links import study_links
from kenniskamer.gaps_panel import GapsPanel
from kenniskamer.identifiers import clean_doi, clean_isbn
from kenniskamer.metadata.coins import coins
from kenniskamer.metadata.described import described
from kenniskamer.models.parts import ResearchAuthor, ResearchSource
from kenniskamer.models.versioned import VersionedPage
from kenniskamer.panels import SuggestionsPanel
from kenniskamer.querysets import ResearchQuerySet
from kenniskamer.references.panel import ReferencePanel

SUMMARY_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the summary: an anchor, a heading, and its text as rich text."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the evidence label, and what it means."""

    word: str
    meaning: str


class ResearchPage(VersionedPage):
    """A study in the library. The summary comes before the PDF, always."""

    parent_page_types = ["kenniskamer.KenniskamerPage"]
    subpage_types: list[str] = []

    search_kind = "research"
    search_kind_label = _("Research")
    search_kind_weight = 1.25
    answers_questions = True

    question = RichTextField(_("question and approach"), blank=True, features=SUMMARY_FEATURES)
    findings = RichTextField(_("main findings"), blank=True, features=SUMMARY_FEATURES)
    practice = RichTextField(_("what it means for practice"), blank=True, features=SUMMARY_FEATURES)
    limits = RichTextField(_("limits"), blank=True, features=SUMMARY_FEATURES)

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

    objects = PageManager.from_queryset(ResearchQuerySet)()
    exclude_fields_in_copy = ["notices"]

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

    content_panels = [
        FieldPanel("title"),
        SuggestionsPanel(heading=_("What the file says")),
        GapsPanel(heading=_("What others would miss")),
        ReferencePanel(heading=_("What the reference says")),
        MultiFieldPanel(
            [
                FieldPanel("lead", heading=_("In short")),
                FieldPanel("question"),
                FieldPanel("findings"),
                FieldPanel("practice"),
                FieldPanel("limits"),
            ],
            heading=_("Summary"),
        ),
        BasePage.themes_panel,
        InlinePanel("sources", heading=_("Source files"), label=_("Source file")),
        MultiFieldPanel(
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
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("evidence_kind"), FieldPanel("evidence_strength")]),
                FieldRowPanel([FieldPanel("evidence_transfer"), FieldPanel("evidence_checked_on")]),
                FieldPanel("evidence_note"),
            ],
            heading=_("Evidence label"),
        ),
        InlinePanel("related_research", heading=_("Related studies"), label=_("Study")),
        InlinePanel(
            "notices",
            heading=_("Corrections and versions"),
            label=_("Notice"),
            help_text=_(
                "Add one when what readers relied on changes; not for a typing error. When you "
                "publish, it gets a number and the page as it was stays readable."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("research")
        verbose_name_plural = _("research")

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

    # --- Reading --------------------------------------------------------------

    @property
    def sections(self) -> list[Section]:
        """The parts of the summary that have text, in their fixed order."""
        lead = format_html("<p>{}</p>", self.lead) if self.lead else ""
        parts = (
            (gettext("in-short"), gettext("In short"), lead),
            (gettext("question"), gettext("Question and approach"), self.question),
            (gettext("findings"), gettext("Main findings"), self.findings),
            (gettext("practice"), gettext("What it means for practice"), self.practice),
            (gettext("limits"), gettext("Limits"), self.limits),
        )
        return [Section(anchor, title, html) for anchor, title, html in parts if rich_text(html)]

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

    @cached_property
    def files(self) -> list[ResearchSource]:
        """The source files of this study in order."""
        prefetched = "sources" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.sources.all()
        if not prefetched:
            rows = rows.select_related("source_file__document")
        return [source for source in rows if source.source_file_id]

    @cached_property
    def related(self) -> list[ResearchPage]:
        """The studies beside this one in its language: those an editor chose, then the closest.

        Their parts are loaded together with our own, which saves queries.
        """
        return neighbours.beside(self) if self.pk else []

    @cached_property
    def uses(self) -> list[Uses]:
        """Where this study is used on the site; being put beside another is no use."""
        return used_by(self, leave_out="related_research") if self.pk else []

    @property
    def evidence_meanings(self) -> list[Meaning]:
        """The words of the evidence label that this study has, each with what it means."""
        chosen = (
            EvidenceStrength(self.evidence_strength) if self.evidence_strength else None,
            EvidenceKind(self.evidence_kind) if self.evidence_kind else None,
            EvidenceTransfer(self.evidence_transfer) if self.evidence_transfer else None,
        )
        return [Meaning(str(word.label), str(MEANINGS[word])) for word in chosen if word]

    @property
    def doi_url(self) -> str:
        """The address that resolves the DOI."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def page_count(self) -> int:
        """The number of pages in all source files together."""
        return sum(source.source_file.page_count or 0 for source in self.files)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the studies beside this one first: they bring our own parts along."""
        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.related
        library_url = self.get_parent().url or ""
        context["explained"] = explained.address(library_url)
        context["feeds"] = feeds.links_of(library_url)
        context["exports"] = study_links(self.translation_key)
        return context

    # --- Card and search ------------------------------------------------------

    def card_badges(self) -> Sequence[Badge]:
        """Return the strength of the evidence and the language of the original."""
        badges = []
        if self.withdrawn:
            badges.append(Badge(gettext("Withdrawn"), "withdrawn"))
        if self.evidence_strength:
            badges.append(
                Badge(
                    gettext("Evidence: %(strength)s")
                    % {"strength": str(self.get_evidence_strength_display()).lower()},
                    f"evidence-{self.evidence_strength}",
                )
            )
        if self.original_language and self.original_language != self.language:
            badges.append(Badge(self.get_original_language_display(), "language"))
        return badges

    def card_facts(self) -> Sequence[str]:
        """Return authors, year, kind and pages."""
        facts = [self.authors_in_short, str(self.published_year or "")]
        facts.append(str(self.get_study_kind_display()))
        if self.page_count:
            facts.append(gettext("%(count)d p.") % {"count": self.page_count})
        return [fact for fact in facts if fact]

    def card_image(self) -> CardImage | None:
        """Return the cover of the first source file that has one."""
        for source in self.files:
            cover = source.source_file.cover_image
            if cover:
                return cover
        return None

    def card_coins(self) -> str:
        """Return the bibliographic record as an OpenURL."""
        return coins(described(self))

    @property
    def card_lead(self) -> str:
        """The short summary."""
        return until(self.lead or rich_text(self.findings), 220)

    def search_year(self) -> int | None:
        """Return the year of publication."""
        return self.published_year

    def search_summary(self) -> str:
        """The short summary, the original title and the authors."""
        names = ", ".join(author.full_name for author in self.author_list)
        return "\n".join(
            part
            for part in (
                self.lead,
                self.original_title,
                names,
                self.container_title,
                self.publisher,
            )
            if part
        )

    def search_body(self) -> str:
        """The rest of the summary and the identifiers."""
        parts = [
            rich_text(getattr(self, name))
            for name in ("question", "findings", "practice", "limits")
        ]
        return "\n\n".join(part for part in (*parts, self.doi, self.isbn) if part)

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield the sections of the summary, then the pages of the source files."""
        url = self.url or ""
        for section in self.sections:
            yield SearchPassage(
                locator=f"#{section.anchor}",
                label=section.title,
                text=rich_text(section.html),
                language=self.language,
                url=f"{url}#{section.anchor}",
            )
        for source in self.files:
            yield from source.source_file.search_passages()
