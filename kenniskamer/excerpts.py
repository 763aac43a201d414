"""What of a study comes along when another room takes it up: the Quotable contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.contracts import Excerpt
from kenniskamer.citation.cached import citations
from kenniskamer.metadata.described import described

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage


def excerpt(page: ResearchPage) -> Excerpt:
    """Return title, findings and reference of a study, in its own language."""
    with translation.override(page.language):
        facts = [
            ("authors", _("Authors"), ", ".join(a.full_name for a in page.author_list)),
            ("published", pgettext("year of a study", "Published"), str(page.published_year or "")),
            ("evidence", _("Evidence"), _evidence(page)),
        ]
        sections = [("findings", _("Main findings"), page.findings)]
        if page.lead:
            sections.insert(0, ("lead", _("In short"), f"<p>{escape(page.lead)}</p>"))
        links = [(_("Summary in the library"), page.full_url or ""), ("DOI", page.doi_url)]
        reference = citations(described(page).record, page.language)[0].text
    return Excerpt(
        title=page.title,
        citation=reference,
        facts=tuple(row for row in facts if row[2]),
        sections=tuple(sections),
        links=tuple(row for row in links if row[1]),
    )


def _evidence(page: ResearchPage) -> str:
    return str(page.get_evidence_strength_display()) if page.evidence_strength else ""
