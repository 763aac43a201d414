"""What listeners see of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from core.listing import paginate

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object

PER_PAGE = 20


class PublicPodcast(_Base):
    """A series with its episodes, newest first."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the episodes."""
        context = super().get_context(request, *args, **kwargs)
        podcast: Any = self
        episodes = podcast.episodes().for_cards()
        shown = paginate(episodes, request.GET, PER_PAGE)
        context["episodes"] = shown
        context["cards"] = [episode.card for episode in shown]
        return context
