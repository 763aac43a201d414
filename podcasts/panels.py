"""A panel in the form of an episode: its recording, what changes, and what is missing."""

from __future__ import annotations

from typing import Any

from core.panels import SavedPanel
from podcasts.gaps import gaps_of
from podcasts.suggestions import can_write, offers_for


class RecordingPanel(SavedPanel):
    """Shows the episode as it was last saved."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one episode."""

        template_name = "podcasts/admin/recording_panel.html"

        def told(self) -> dict[str, Any]:
            """Name the recording, the one listeners hear now, the offers and the gaps."""
            draft = self.instance
            public = type(draft).objects.select_related("audio").filter(pk=draft.pk).first()
            heard = public.audio if public and public.live else None
            return {
                "page": draft,
                "audio": draft.audio,
                "replaces": heard if heard and heard != draft.audio else None,
                "offers": offers_for(draft) or can_write(draft),
                "gaps": gaps_of(draft),
                "earlier": [use.audio for use in draft.audio_uses.select_related("audio")][1:],
            }
