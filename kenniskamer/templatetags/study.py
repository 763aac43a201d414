"""What the page of a study says to machines, and how it is cited."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from kenniskamer.citation.cached import citations
from kenniskamer.metadata import highwire, jsonld
from kenniskamer.metadata.described import described
from kenniskamer.models import ResearchPage

register = template.Library()


@register.inclusion_tag("kenniskamer/study_head.html")
def study_head(page: ResearchPage) -> dict[str, Any]:
    """Write the tags in the head of a study: Highwire and JSON-LD."""
    study = described(page)
    # The text is made safe for a script element where it is made.
    script = mark_safe(jsonld.as_script(study))  # noqa: S308
    return {"tags": highwire.tags(study), "jsonld": script}


@register.inclusion_tag("components/citation_box.html")
def citation_box(page: ResearchPage) -> dict[str, Any]:
    """Show how a study is cited, in the language of its page."""
    study = described(page)
    return {
        "citations": citations(study.record, page.language),
        "permanent": study.permanent,
    }
