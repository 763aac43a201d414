"""Blocks that editors put in a text."""

from __future__ import annotations

from django.utils.safestring import SafeString

from home.samples.sample import Rows
from home.samples.shared import DOCUMENT, LEAD, SamplePicture

ROWS: Rows = (
    ("streamfield/heading.html", "kop", {"value": "Een kop in de tekst"}),
    ("streamfield/paragraph.html", "alinea", {"value": SafeString(f"<p>{LEAD}</p>")}),
    (
        "streamfield/picture.html",
        "met bijschrift",
        {
            "value": {
                "image": SamplePicture(),
                "alt": "Het zoekpad",
                "caption": "Van vraag naar passage.",
            }
        },
    ),
    ("streamfield/quote.html", "met naam", {"value": {"text": LEAD, "source": "Een deelnemer"}}),
    (
        "streamfield/call_to_action.html",
        "knop",
        {"value": {"title": "Doe mee", "text": LEAD, "label": "Meld u aan", "href": "#"}},
    ),
    ("streamfield/document.html", "bestand", {"value": {"document": DOCUMENT, "title": ""}}),
)
