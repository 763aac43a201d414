"""A panel beside the form of a study: what its files say about it."""

from __future__ import annotations

import json
from typing import Any

from django.utils.functional import cached_property

from core.panels import SavedPanel
from kenniskamer.offers import Offer, best_offers, offers_for
from kenniskamer.suggestions import names_of


class SuggestionsPanel(SavedPanel):
    """Offers what the files say, with source and certainty. Fills nothing in by itself."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one study."""

        template_name = "kenniskamer/admin/suggestions_panel.html"

        class Media:
            js = ["js/admin-suggestions.js"]
            css = {"all": ["css/admin-intake.css"]}

        @cached_property
        def offers(self) -> list[Offer]:
            """What the files say, looked up once."""
            return offers_for(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            """Show it only where a file says something."""
            return bool(self.offers)

        def told(self) -> dict[str, Any]:
            """Name the offers, and which of them “take all over” would take."""
            best = best_offers(self.offers)
            rows = [(offer, offer in best, _for_script(offer)) for offer in self.offers]
            return {"rows": rows, "can_take_all": bool(best), "page": self.instance}


def _for_script(offer: Offer) -> str:
    """Return as JSON the values that do not fit one plain field: names, a chosen theme."""
    if offer.field == "authors":
        names = names_of(offer.value)
        return json.dumps([{"family": name.full_family, "given": name.given} for name in names])
    return json.dumps({"id": offer.value, "string": offer.shown}) if offer.field == "theme" else ""
