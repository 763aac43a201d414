"""A panel in the form of a page that tells something of the page, and holds no field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel


class SavedPanel(Panel):
    """Tells of the page as it was last saved; a page that was never saved has none."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page. A subclass names its template and what that shows."""

        def is_shown(self) -> bool:
            """Show it once there is a page."""
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Put what is told beside what Wagtail gives."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | self.told()

        def told(self) -> dict[str, Any]:
            """Return what the template shows."""
            return {}
