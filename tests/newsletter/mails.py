"""Editions that try what a mail has to bear."""

from __future__ import annotations

import datetime as dt

from core.contracts import CardImage
from newsletter.parts import Button, Content, Heading, Item, Part, Picture, Words
from newsletter.rendering import Frame

BASE = "https://hub.example"
THUMB = CardImage(f"{BASE}/media/newsletter/ab/{'0123456789abcdef' * 4}.jpg", 72, 100, "")
WIDE = CardImage(f"{BASE}/media/images/b.jpg", 552, 290, "Een ijsberg")
LONG = (
    "Draagvlakontwikkelingsstrategieën en migratiecommunicatiebeleidsinstrumenten in gemeenten " * 3
)
ODD = "A <b>title</b> & “ë” ½ 日本語 العربية 🙂 @naam <script>alert(1)</script> &amp; ' \""


def news(title: str, lead: str = "Wat er is gevonden, bij wie en hoe zeker. " * 3) -> Item:
    """Return a study with a picture."""
    return Item(
        "research",
        "Onderzoek",
        title,
        f"{BASE}/nl/onderzoek/een-studie/",
        lead,
        date=dt.date(2026, 11, 3),
        facts=("SCP", "24 p."),
        image=THUMB,
    )


def edition(*parts: Part, title: str = "Nieuwsbrief", language: str = "nl") -> Content:
    """Return an edition that holds these parts."""
    return Content(title, title[:150], "Wat erin staat", language, f"{BASE}/nl/n/", parts)


EDITIONS = {
    "normal": edition(
        Words(f'<p>Dag, <a href="{BASE}/nl/">lees</a> <b>dit</b>.</p><ul><li>een</li></ul>'),
        Heading("Nieuw onderzoek"),
        news("Luisteren"),
        Button("Bekijk alles", f"{BASE}/nl/alles/"),
        Picture(WIDE, "Foto: redactie"),
    ),
    "long": edition(
        Words(f"<p>{'a' * 200}</p>"),
        Heading(LONG[:120]),
        news(LONG, LONG * 2),
        news("a" * 150),
        Button("Een heel lange tekst die niet op een regel van een knop past", f"{BASE}/x"),
        title=LONG[:255],
    ),
    "odd": edition(Heading(ODD), news(ODD, ODD), Picture(WIDE, ODD), title=ODD),
    "one": edition(Item("page", "Pagina", "Eén bericht", f"{BASE}/nl/a/")),
    "sixty": edition(Heading("Nieuw"), *(news(f"Bericht {number}") for number in range(60))),
    "english": edition(
        Heading("New research"),
        Item(
            "research", "Study", "Luisteren", f"{BASE}/nl/", language="nl", language_label="Dutch"
        ),
        title="Newsletter",
        language="en",
    ),
}
FRAME = Frame(
    organisation="OnMigration & partners",
    home=f"{BASE}/nl/",
    why="U krijgt deze mail omdat u zich hebt aangemeld.",
    unsubscribe=f"{BASE}/uit/",
    mine=f"{BASE}/mijn/",
    greeting="Beste Ana,",
    postal=("Straat 1", "1234 AB Utrecht"),
)
