"""What listeners see of an episode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object


class PublicEpisode(_Base):
    """An episode with its recording, its chapters and what it talks about."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the parts of the episode."""
        context = super().get_context(request, *args, **kwargs)
        episode: Any = self
        context["chapters"] = list(episode.chapters.all())
        context["people"] = list(episode.people.all())
        context["mentions"] = list(episode.mentions.select_related("subject"))
        return context
