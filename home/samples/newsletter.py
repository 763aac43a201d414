"""Sample data for the components of the newsletter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace as Sketch

from core.contracts import CardImage
from home.samples.sample import Rows
from newsletter.parts import Button, Content, Heading, Item, Picture, Words

NEWS = Item(
    "research",
    "Onderzoek",
    "Wat mensen bedoelen als zij zeggen dat het er te veel zijn",
    "#onderzoek",
    "Zorgen over aantallen gaan vaak over iets anders: woningen, wachttijden, niet gehoord worden.",
    date=dt.date(2026, 11, 3),
    facts=("Stichting Gespreksruimte (voorbeeld)", "24 p."),
    image=CardImage("/static/icons/share.png", 72, 38),
)
ENGLISH = replace(
    NEWS, title="What people mean", lead="", image=None, language="en", language_label="Engels"
)
MENDED = replace(NEWS, lead="", image=None, note="Er stond 34 procent; dat moet 43 zijn.")
CONTENT = Content(
    "Nieuwsbrief november 2026",
    "Drie onderzoeken over luisteren",
    "Met een nieuwe toolkit, en een aflevering over de keukentafel.",
    "nl",
    "#editie",
    (NEWS, MENDED),
)
PAGE = Sketch(url="#editie")

ROWS: Rows = (
    (
        "edition_row.html",
        "twee berichten",
        {"page": PAGE, "content": CONTENT, "at": dt.date(2026, 11, 24)},
    ),
    (
        "edition_row.html",
        "zonder voorbeeldtekst",
        {"page": PAGE, "content": replace(CONTENT, preview="", parts=(NEWS,)), "at": None},
    ),
    ("edition/heading.html", "nieuw onderzoek", {"part": Heading("Nieuw onderzoek"), "level": 2}),
    ("edition/words.html", "een alinea", {"part": Words("<p>Deze maand.</p>"), "level": 3}),
    ("edition/button.html", "naar de agenda", {"part": Button("De agenda", "#agenda"), "level": 3}),
    (
        "edition/picture.html",
        "met bijschrift",
        {
            "part": Picture(
                CardImage("/static/icons/share.png", 552, 290, "Een ijsberg"), "Foto: redactie"
            ),
            "level": 3,
        },
    ),
    ("edition/item.html", "met beeld", {"part": NEWS, "level": 3}),
    ("edition/item.html", "in een andere taal", {"part": ENGLISH, "level": 3}),
    ("edition/item.html", "verbeterd", {"part": MENDED, "level": 3}),
)
