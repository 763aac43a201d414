"""One study: our own summary, its bibliographic record, its source files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import InlinePanel, TitleFieldPanel
from wagtail.models import PageManager

from core.backlinks import Uses, used_by
from core.contracts import Excerpt, Quotable
from core.models import BasePage
from kenniskamer import excerpts, explained, feeds, neighbours
from kenniskamer.exports.links import study_links
from kenniskamer.gaps_panel import GapsPanel
from kenniskamer.models.listed import StudyPage
from kenniskamer.panels import SuggestionsPanel
from kenniskamer.querysets import ResearchQuerySet
from kenniskamer.references.panel import ReferencePanel


class ResearchPage(Quotable, StudyPage):
    """A study in the library. The summary comes before the PDF, always."""

    parent_page_types = ["kenniskamer.KenniskamerPage"]
    subpage_types: list[str] = []

    search_kind = "research"
    search_kind_label = _("Research")
    search_kind_weight = 1.25
    answers_questions = True

    objects = PageManager.from_queryset(ResearchQuerySet)()
    exclude_fields_in_copy = ["notices"]

    content_panels = [
        TitleFieldPanel("title"),
        SuggestionsPanel(heading=_("What the file says")),
        GapsPanel(heading=_("What others would miss")),
        ReferencePanel(heading=_("What the reference says")),
        StudyPage.summary_panel,
        BasePage.themes_panel,
        InlinePanel("sources", heading=_("Source files"), label=_("Source file")),
        StudyPage.record_panel,
        StudyPage.evidence_panel,
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

    def excerpt(self) -> Excerpt:
        """Return title, findings and reference, for rooms that take this study up."""
        return excerpts.excerpt(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the studies beside this one first: they bring our own parts along."""
        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.related
        library_url = self.get_parent().url or ""
        context["explained"] = explained.address(library_url)
        context["feeds"] = feeds.links_of(library_url)
        context["exports"] = study_links(self.translation_key)
        return context
