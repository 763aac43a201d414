"""A panel in the form of an edition: how far it is, and the way to its desk."""

from __future__ import annotations

from core.panels import SavedPanel


class StandingPanel(SavedPanel):
    """Shows the state of the edition and links to its desk and its other languages."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one page."""

        template_name = "newsletter/admin/standing_panel.html"
