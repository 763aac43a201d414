"""Studies for tests."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from wagtail.models import Page

from core.models import HubDocument, PageTheme, Theme
from kenniskamer.enums import SourceState
from kenniskamer.models import (
    ResearchAuthor,
    ResearchPage,
    ResearchSource,
    SourceFile,
    SourcePage,
)

# One block of each kind that needs nothing else.
BODY = [
    ("heading", "Waarom"),
    ("paragraph", "<p>Omdat het <b>helpt</b>.</p><h3>Een kop</h3><p>Meer.</p>"),
    ("quote", {"text": "Praat met elkaar.", "source": "Een deelnemer"}),
    ("call_to_action", {"title": "Doe mee", "label": "Lees verder", "url": "https://example.org/"}),
]


def make_document(title: str = "Rapport", content: bytes = b"%PDF-1.7\n%%EOF\n") -> HubDocument:
    """Store a document of its own content."""
    content += hashlib.sha256(title.encode()).hexdigest().encode()
    document = HubDocument(title=title)
    document.file = ContentFile(content, name=f"{title.lower()}.pdf")
    document.full_clean(exclude=["uploaded_by_user"])
    document.save()
    return document


def make_source(
    title: str = "Rapport", pages: tuple[str, ...] = (), language: str = "nl"
) -> SourceFile:
    """Store a source file as if it had been read."""
    document = make_document(title)
    source = SourceFile.objects.create(
        document=document,
        sha256=document.sha256,
        state=SourceState.READY,
        page_count=len(pages),
        pages_done=len(pages),
        pages_with_text=len(pages),
        language=language,
    )
    for number, text in enumerate(pages, start=1):
        SourcePage.objects.create(
            source_file=source, number=number, label=str(number), text=text, language=language
        )
    return source


def make_research(
    parent: Page,
    title: str = "Draagvlak voor opvang",
    *,
    theme: Theme | None = None,
    source: SourceFile | None = None,
    live: bool = True,
    **values: Any,
) -> ResearchPage:
    """Add a study under a library page, and publish it as the CMS does."""
    page = ResearchPage(
        title=title,
        locale=parent.locale,
        live=False,
        **{
            "lead": "Een korte samenvatting van de studie.",
            "findings": "<p>De steun groeit als mensen elkaar ontmoeten.</p>",
            "published_year": 2020,
            "evidence_strength": "fair",
            **values,
        },
    )
    page.authors = [ResearchAuthor(family_name="Jansen", given_names="A.")]
    if theme:
        page.page_themes = [PageTheme(theme=theme)]
    if source:
        page.sources = [ResearchSource(source_file=source)]
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return ResearchPage.objects.get(pk=page.pk)
