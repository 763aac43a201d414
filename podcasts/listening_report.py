"""How many people listened to each episode, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from core.download_charts import CountedFile
from core.download_report import DownloadReport
from podcasts.audio_views import count_key
from podcasts.models import EpisodePage
from podcasts.permissions import podcasts_of

MOST_EPISODES = 20


class ListenersView(DownloadReport):
    """The newest episodes, with their listeners per day."""

    page_title = _("Listeners of the podcasts")
    explanation = _(
        "A listener is counted once a day for each episode, when they ask for a minute of sound. Who "
        "it was is not kept: the hash by which we know them today is thrown away with the day. "
        "Crawlers that say so are left out."
    )
    export_name = "podcast-listeners"

    def user_may_see(self, user: Any) -> bool:
        """Let in who works on a series."""
        return bool(podcasts_of(user))

    def files(self) -> Sequence[CountedFile]:
        """Return the newest episodes."""
        return _counted(_episodes()[:MOST_EPISODES])

    def all_files(self) -> Sequence[CountedFile]:
        """Return every episode that came out."""
        return _counted(_episodes())


def _episodes() -> Any:
    """Return episodes that came out, newest first, one for all its languages."""
    out = EpisodePage.objects.filter(first_published_at__isnull=False)
    firsts = out.order_by().values("translation_key").annotate(first=Min("pk")).values("first")
    return out.filter(pk__in=firsts).order_by("-first_published_at", "-pk")


def _counted(episodes: Iterable[EpisodePage]) -> list[CountedFile]:
    return [CountedFile(count_key(episode), episode.title) for episode in episodes]
