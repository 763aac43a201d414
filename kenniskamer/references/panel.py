"""A panel beside the form of a study: what its imported reference says that has no field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel

from kenniskamer.bibliography.record import from_csl


class ReferencePanel(Panel):
    """Shows abstract, keywords and note of an imported reference. Nothing of it is published."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one study."""

        template_name = "kenniskamer/admin/reference_panel.html"

        def is_shown(self) -> bool:
            """Show it only where a reference says more than the form."""
            record = from_csl(self.instance.reference or {})
            return bool(record.abstract or record.keywords or record.note)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Name the record."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "record": from_csl(self.instance.reference or {})}
