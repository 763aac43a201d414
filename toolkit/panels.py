"""A panel in the form of a release: where it stands, and the way to its desk."""

from __future__ import annotations

from wagtail.admin.panels import Panel


class StandingPanel(Panel):
    """Shows the state of a release, and links to its preview as PDF and its desk."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one release."""

        template_name = "toolkit/admin/standing_panel.html"

        def is_shown(self) -> bool:
            """Show it once there is a release."""
            return bool(self.instance.pk)
