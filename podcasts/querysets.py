"""Episodes in the words of their listeners, as queries."""

from __future__ import annotations

from wagtail.models import PageQuerySet

NOT_IN_LISTS = ("notes",)


class EpisodeQuerySet(PageQuerySet):
    """Episodes in the words of their listeners."""

    def newest(self) -> EpisodeQuerySet:
        """Put what was published last first."""
        return self.order_by("-first_published_at", "-pk")

    def with_audio(self) -> EpisodeQuerySet:
        """Load the recordings along."""
        return self.select_related("audio")

    def for_cards(self) -> EpisodeQuerySet:
        """Load what a list shows, and nothing of the long texts."""
        return self.with_audio().defer(*NOT_IN_LISTS)
