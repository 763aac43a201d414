"""What a study still misses before it can be published with a good conscience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.plain_text import rich_text

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage

PARTS = {
    "lead": _("in short"),
    "summary": _("a part of the summary"),
    "themes": _("a theme"),
    "authors": _("an author"),
    "published_year": _("the year of publication"),
    "original_language": _("the language of the original"),
    "original": _("a file or the address of the original"),
}
"""What a study needs, by code, in words that complete “misses: …”."""

SUMMARY = ("question", "findings", "practice", "limits")


def missing_parts(page: ResearchPage) -> list[str]:
    """Return the codes of what a draft misses, in the order of its form; [] when complete."""
    has = {
        "lead": bool(page.lead.strip()),
        "summary": any(rich_text(getattr(page, name)) for name in SUMMARY),
        "themes": page.page_themes.exists(),
        "authors": page.authors.exists(),
        "published_year": bool(page.published_year),
        "original_language": bool(page.original_language),
        "original": bool(page.source_url) or page.sources.exists(),
    }
    return [code for code in PARTS if not has[code]]


def in_words(codes: list[str]) -> list[str]:
    """Name missing parts for people; codes of an older version are left out."""
    return [str(PARTS[code]) for code in codes if code in PARTS]
