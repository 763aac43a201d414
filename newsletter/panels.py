"""A panel in the form of an edition: how far it is, and the way to its desk."""

from __future__ import annotations

from wagtail.admin.panels import Panel


class StandingPanel(Panel):
    """Shows the state of the edition and links to its desk and its other languages."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page."""

        template_name = "newsletter/admin/standing_panel.html"

        def is_shown(self) -> bool:
            """Show it once there is a page."""
            return bool(self.instance.pk)
