"""Sample data for the components of the podcasts."""

from __future__ import annotations

from types import SimpleNamespace as Sketch

from home.samples.sample import Rows

LINKED = Sketch(localized=Sketch(url="#", title="Gelijke status, gedeeld doel"))

ROWS: Rows = (
    (
        "streamfield/page_link.html",
        "met reden",
        {"value": {"page": LINKED, "note": "Hier gaat het gesprek over."}},
    ),
)
