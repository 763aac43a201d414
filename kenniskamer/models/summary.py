"""The summary of a study: a fixed skeleton that an editor fills."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from core.plain_text import rich_text
from kenniskamer.models.versioned import VersionedPage

SUMMARY_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the summary: an anchor, a heading, and its text as rich text."""

    anchor: str
    title: str
    html: str


class SummaryPage(VersionedPage):
    """A page that tells in our own words what a study asked and found."""

    question = RichTextField(_("question and approach"), blank=True, features=SUMMARY_FEATURES)
    findings = RichTextField(_("main findings"), blank=True, features=SUMMARY_FEATURES)
    practice = RichTextField(_("what it means for practice"), blank=True, features=SUMMARY_FEATURES)
    limits = RichTextField(_("limits"), blank=True, features=SUMMARY_FEATURES)

    summary_panel = MultiFieldPanel(
        [
            FieldPanel("lead", heading=_("In short")),
            FieldPanel("question"),
            FieldPanel("findings"),
            FieldPanel("practice"),
            FieldPanel("limits"),
        ],
        heading=_("Summary"),
    )

    class Meta:
        abstract = True

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
