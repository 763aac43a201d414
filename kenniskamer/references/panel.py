"""A panel beside the form of a study: what its imported reference says that has no field."""

from __future__ import annotations

from typing import Any

from core.panels import SavedPanel
from kenniskamer.bibliography.record import from_csl


class ReferencePanel(SavedPanel):
    """Shows abstract, keywords and note of an imported reference. Nothing of it is published."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one study."""

        template_name = "kenniskamer/admin/reference_panel.html"

        def is_shown(self) -> bool:
            """Show it only where a reference says more than the form."""
            record = from_csl(self.instance.reference or {})
            return bool(record.abstract or record.keywords or record.note)

        def told(self) -> dict[str, Any]:
            """Name the record."""
            return {"record": from_csl(self.instance.reference or {})}
