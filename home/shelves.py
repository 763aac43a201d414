"""What stands on the shelves of the front page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from core.models import PageTheme
from core.models.theme import theme_labels
from core.querysets import visible
from kenniskamer.models import KenniskamerPage, ResearchPage
from podcasts.models import EpisodePage


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme with the number of studies about it and the address that lists them."""

    label: str
    slug: str
    url: str
    count: int


def newest_research(locale_id: int, number: int) -> list[ResearchPage]:
    """Return the studies last published in one language."""
    pages = ResearchPage.objects.newest().for_cards().filter(locale_id=locale_id)
    return list(visible(pages)[:number])


def newest_episodes(locale_id: int, number: int) -> list[EpisodePage]:
    """Return the episodes last published in one language, whatever their series."""
    pages = EpisodePage.objects.newest().for_cards().filter(locale_id=locale_id)
    return list(visible(pages)[:number])


def theme_entries(library: KenniskamerPage) -> list[ThemeEntry]:
    """Return the themes that have studies in this library, most used first."""
    rows = (
        PageTheme.objects.filter(page__in=library.studies().values("pk"))
        .values_list("theme__slug")
        .annotate(count=Count("page", distinct=True))
        .order_by("-count", "theme__slug")
    )
    labels = theme_labels(library.language)
    return [
        ThemeEntry(labels.get(slug, slug), slug, f"{library.url}?theme={slug}", count)
        for slug, count in rows
    ]
