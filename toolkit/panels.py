"""A panel in the form of a release: where it stands, and the way to its desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel

from toolkit.enums import OPEN
from toolkit.missing import what_is_missing


class StandingPanel(Panel):
    """Shows the state of a release, what it still misses, and the way to its preview and desk."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one release."""

        template_name = "toolkit/admin/standing_panel.html"

        def is_shown(self) -> bool:
            """Show it once there is a release."""
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Name what stands in the way, as long as something can be done about it."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            # A form that was refused holds values that nothing can be made of yet.
            saved = not self.form.is_bound and self.instance.state in OPEN
            return context | {"missing": what_is_missing(self.instance) if saved else []}
