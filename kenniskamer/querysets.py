"""Studies in the words of the library, as queries."""

from __future__ import annotations

from typing import Any

from django.db import models

from wagtail.models import PageQuerySet

from kenniskamer.models.parts import ResearchSource

NOT_ON_CARDS = ("question", "practice", "limits")


def parts_of_cards() -> list[Any]:
    """Return what must be prefetched to show studies in a list."""
    sources = ResearchSource.objects.select_related("source_file__document").defer(
        "source_file__outline", "source_file__metadata", "source_file__suggestions"
    )
    return ["authors", models.Prefetch("sources", sources)]


class ResearchQuerySet(PageQuerySet):
    """Studies in the words of the library."""

    def for_cards(self) -> ResearchQuerySet:
        """Load what a list shows, and nothing of the long texts."""
        return self.prefetch_related(*parts_of_cards()).defer(*NOT_ON_CARDS)

    def newest(self) -> ResearchQuerySet:
        """Put what was published here last first."""
        return self.order_by("-first_published_at", "-pk")
