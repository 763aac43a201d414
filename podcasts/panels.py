"""A panel in the form of an episode: its recording, what changes, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel

from podcasts.gaps import gaps_of
from podcasts.suggestions import can_write, offers_for


class RecordingPanel(Panel):
    """Shows the episode as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one episode."""

        template_name = "podcasts/admin/recording_panel.html"

        def is_shown(self) -> bool:
            """Show it once there is an episode to look at."""
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Name the recording, the one listeners hear now, the offers and the gaps."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            draft = self.instance
            public = type(draft).objects.select_related("audio").filter(pk=draft.pk).first()
            heard = public.audio if public and public.live else None
            return {
                **context,
                "page": draft,
                "audio": draft.audio,
                "replaces": heard if heard and heard != draft.audio else None,
                "offers": offers_for(draft) or can_write(draft),
                "gaps": gaps_of(draft),
                "earlier": [use.audio for use in draft.audio_uses.select_related("audio")][1:],
            }
