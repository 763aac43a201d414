"""Sample data for the components of the podcasts: rows of template, state and context."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace as Sketch
from typing import Any

LINKED = Sketch(localized=Sketch(url="#", title="Gelijke status, gedeeld doel"))

ROWS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    (
        "streamfield/page_link.html",
        "met reden",
        {"value": {"page": LINKED, "note": "Hier gaat het gesprek over."}},
    ),
)
