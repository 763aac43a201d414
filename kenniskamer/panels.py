"""A panel beside the form of a study: what its files say about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel

from kenniskamer.offers import offers_for


class SuggestionsPanel(Panel):
    """Offers titles, years and DOIs with their source. Fills nothing in by itself."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one study."""

        template_name = "kenniskamer/admin/suggestions_panel.html"

        class Media:
            js = ["js/admin-suggestions.js"]
            css = {"all": ["css/admin-intake.css"]}

        def is_shown(self) -> bool:
            """Show it only where a file says something."""
            return bool(self.instance.pk and offers_for(self.instance))

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Name the offers."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "offers": offers_for(self.instance), "page": self.instance}
