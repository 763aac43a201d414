"""A panel in the form of a release: where it stands, and the way to its desk."""

from __future__ import annotations

from typing import Any

from core.panels import SavedPanel
from toolkit.enums import OPEN
from toolkit.missing import what_is_missing


class StandingPanel(SavedPanel):
    """Shows the state of a release, what it still misses, and the way to its preview and desk."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one release."""

        template_name = "toolkit/admin/standing_panel.html"

        def told(self) -> dict[str, Any]:
            """Name what stands in the way, as long as something can be done about it."""
            # A form that was refused holds values that nothing can be made of yet.
            saved = not self.form.is_bound and self.instance.state in OPEN
            return {"missing": what_is_missing(self.instance) if saved else []}
