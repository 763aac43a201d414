"""The one page, with its source files, that a reader searches in."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from core.languages import language_of
from core.querysets import visible

MOST_PLACES = 50
"""Places that are shown of one work."""


@dataclass(frozen=True, slots=True)
class Within:
    """What is searched in. `work` is shared by the translations of the page."""

    page_id: int
    work: str
    title: str
    url: str
    language: str


def read_within(page_id: int) -> Within | None:
    """Read the page; None when there is no such page that every visitor may see."""
    page = visible(Page.objects.filter(pk=page_id)).first()
    if page is None or not page.url:
        return None
    work = str(page.translation_key)
    return Within(page.pk, work, page.title, page.url, language_of(page.locale_id))
