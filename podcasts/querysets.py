"""Episodes in the words of their listeners, as queries."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef

from wagtail.models import PageQuerySet

from podcasts.enums import SeriesType
from podcasts.models.transcript import Transcript

NOT_IN_LISTS = ("notes",)


class EpisodeQuerySet(PageQuerySet):
    """Episodes in the words of their listeners."""

    def newest(self) -> EpisodeQuerySet:
        """Put what was published last first."""
        return self.order_by("-first_published_at", "-pk")

    def in_order(self, series_type: str) -> EpisodeQuerySet:
        """Put them as they are heard: the newest season first, what has no season last.

        Within a season a serial begins at its first episode, other series at the newest.
        """
        season = F("season").desc(nulls_last=True)
        if series_type == SeriesType.SERIAL:
            number = F("number").asc(nulls_last=True)
            return self.order_by(season, number, "first_published_at", "pk")
        return self.order_by(season, "-first_published_at", "-pk")

    def with_audio(self) -> EpisodeQuerySet:
        """Load the recordings along."""
        return self.select_related("audio")

    def saying_whether_in_words(self) -> EpisodeQuerySet:
        """Say of each whether there is a transcript of its recording (`has_words`).

        That of a translation with the same recording counts, as in `EpisodePage.spoken`.
        """
        transcripts = Transcript.objects.filter(
            episode__translation_key=OuterRef("translation_key"),
            episode__audio=OuterRef("audio"),
            cue_count__gt=0,
        )
        return self.annotate(has_words=Exists(transcripts))

    def for_cards(self) -> EpisodeQuerySet:
        """Load what a list shows, and nothing of the long texts."""
        return self.with_audio().defer(*NOT_IN_LISTS)
