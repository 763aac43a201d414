"""Cards, badges, covers, themes, and what stands around a list."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Sketch

from django.core.paginator import Paginator
from django.http import QueryDict

from core.contracts import Badge
from core.feeds import links
from core.listing import Chip, Facet, FacetValue, Sort
from home.samples.sample import Rows
from home.samples.shared import BARE, CARD, ENGLISH, LEAD, STRONG, TITLE, SamplePicture

THEMES = [
    Sketch(label="Polarisatie", slug="polarisatie", count=12),
    Sketch(label="Contact en ontmoeting", slug="contact", count=7),
    Sketch(label="Framing", slug="framing", count=0),
]
FACET = Facet(
    "theme",
    "Thema",
    [
        FacetValue("polarisatie", "Polarisatie", 12, True, "?"),
        FacetValue("contact", "Contact en ontmoeting", 7, False, "?theme=contact"),
    ],
)
SORTS = [Sort("added", "Nieuwste hier eerst", True, "?"), Sort("year", "Jaar", False, "?sort=year")]
FEEDS = links("/nl/kenniskamer/feed/", QueryDict("theme=contact"))
NEWS = [
    Sketch(
        at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
        kind="new",
        get_kind_display="Nieuw",
        page=Sketch(title=TITLE, url="#nieuws"),
    )
]
ANSWER = Sketch(
    slug="wat-kost-het",
    title="Wat kost het om mee te doen?",
    url="#antwoord",
    answer="<p>Niets. Het netwerk wordt betaald door fondsen.</p>",
)
PAGES = Paginator(range(200), 20)

ROWS: Rows = (
    ("badge.html", "sterk", {"badge": STRONG}),
    ("badge.html", "redelijk", {"badge": Badge("Bewijs: redelijk", "evidence-fair")}),
    ("badge.html", "beperkt", {"badge": Badge("Bewijs: beperkt", "evidence-limited")}),
    ("badge.html", "verkennend", {"badge": Badge("Bewijs: verkennend", "evidence-indicative")}),
    ("badge.html", "taal", {"badge": Badge("Engels", "language")}),
    ("card_row.html", "onderzoek", {"card": CARD}),
    ("card_row.html", "in een andere taal", {"card": ENGLISH, "show_kind": True}),
    ("card_row.html", "alleen een titel", {"card": BARE, "show_kind": True}),
    ("card_list.html", "gemengd", {"cards": [CARD, ENGLISH, BARE], "show_kind": True}),
    ("card_feature.html", "uitgelicht", {"card": CARD}),
    ("cover.html", "getekend", {"title": TITLE}),
    ("cover.html", "eigen omslag", {"title": TITLE, "image": SamplePicture().get_rendition("")}),
    ("theme_tags.html", "met aantallen", {"themes": THEMES, "library": ""}),
    ("news_list.html", "één bericht", {"announcements": NEWS}),
    ("faq_item.html", "dicht", {"answer": ANSWER, "level": 3}),
    ("feed_head.html", "twee vormen", {"feeds": FEEDS, "title": "Kenniskamer"}),
    ("feed_links.html", "alles", {"feeds": FEEDS}),
    ("feed_links.html", "met filters", {"feeds": FEEDS, "narrowed": True}),
    ("facet.html", "één gekozen", {"facet": FACET}),
    ("sorts.html", "twee", {"sorts": SORTS}),
    ("facets.html", "alles", {"facets": [FACET], "sorts": SORTS, "query": "contact"}),
    ("chips.html", "één filter", {"chips": [Chip("Thema: Polarisatie", "?")]}),
    ("pagination.html", "midden", {"page": PAGES.page(5), "params": QueryDict("q=contact")}),
    ("pagination.html", "één bladzijde", {"page": Paginator([1], 20).page(1), "params": {}}),
    (
        "empty.html",
        "met uitweg",
        {"title": "Niets gevonden", "text": LEAD, "url": "#", "action": "Alles tonen"},
    ),
    ("empty.html", "kaal", {"title": "De eerste onderzoeken zijn onderweg"}),
    ("notice.html", "gewoon", {"text": LEAD}),
    (
        "notice.html",
        "let op",
        {"text": LEAD, "tone": "warning", "url": "#", "action": "Lees meer"},
    ),
)
