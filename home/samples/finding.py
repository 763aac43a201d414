"""Search: its form, hits, places in one study, and what to do when nothing is found."""

from __future__ import annotations

from types import SimpleNamespace as Sketch

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString

from core.listing import Chip
from home.samples.cards import FACET, SORTS
from home.samples.sample import Rows
from home.samples.shared import CARD, ENGLISH, LEAD, STRONG, TITLE

PLACE = Sketch(
    label="p. 7",
    url="#page=7",
    language="nl",
    text=SafeString("… wie <mark>grip</mark> ervaart, steunt opvang twee keer zo vaak …"),
    pdf_url="#page=7&search=grip",
    in_language="",
)
ENGLISH_PLACE = Sketch(
    label="p. 12",
    url="#page=12",
    language="en",
    text=SafeString("… a <mark>sense of control</mark> comes first …"),
    pdf_url="",
    in_language="in het Engels",
)
HIT = Sketch(
    kind="research",
    kind_label="Onderzoek",
    title=SafeString("<mark>Grip</mark> en onzekerheid: een panelstudie"),
    url="#treffer",
    language="nl",
    lead=LEAD,
    year=2021,
    badges=(STRONG,),
    facts=CARD.facts,
    passage=PLACE,
    also=[Sketch(label="p. 12", url="#page=12"), Sketch(label="p. 18", url="#page=18")],
    within=7,
    found_on=[Sketch(text="houvast", language="nl")],
)
ENGLISH_HIT = Sketch(
    kind_label="Vraag en antwoord",
    title="What does it cost?",
    url="#treffer",
    language="en",
    lead="Nothing.",
    year=None,
    badges=(),
    facts=(),
    passage=None,
    also=[],
    within=None,
    found_on=[Sketch(text="sense of control", language="en")],
    in_language="in het Nederlands",
)
PROMOTED = [Sketch(card=CARD, text="Begin hier."), Sketch(card=ENGLISH, text=LEAD)]
READ_AS = Sketch(
    words=("xyzzy",), phrases=(("gevoel", "van", "grip"),), excluded=(("media",),), truncated=True
)
THEME_PAIRS = [("polarisatie", "Polarisatie"), ("framing", "Framing")]
OTHER_WORDS = [
    {"text": "houvast", "language": "nl"},
    {"text": "sense of control", "language": "en"},
]
FOUND = {
    "query": "gripp",
    "answered": "grip",
    "corrected": "grip",
    "synonyms": OTHER_WORDS,
    "read_as": READ_AS,
    "total": 2,
    "hits": [HIT, ENGLISH_HIT],
    "results_page": Paginator(range(2), 10).page(1),
    "parameters": QueryDict("q=grip&theme=polarisatie"),
    "facets": [FACET],
    "chips": [Chip("Thema: Polarisatie", "?")],
    "sorts": SORTS,
    "themes": THEME_PAIRS,
    "ways": [
        Sketch(label="zonder aanhalingstekens", query="gevoel van grip", count=3),
        Sketch(label="alleen ‘xyzzy’", query="xyzzy", count=0),
    ],
    "popular": PROMOTED,
    "site": Sketch(contact_address="redactie@example.org"),
}
PLACES = {
    "within": Sketch(page_id=7, title=TITLE, url="#studie", language="nl"),
    "places": [PLACE, ENGLISH_PLACE],
    "query": "grip",
    "answered": "grip",
    "asked": True,
    "total": 1,
    "parameters": QueryDict("q=grip&in=7"),
}

ROWS: Rows = (
    ("search_form.html", "groot", {"id": "s-1", "size": "hero"}),
    ("search_form.html", "met vraag", {"id": "s-2", "query": "contact op het werk"}),
    ("search_form.html", "klein", {"id": "s-3", "size": "compact"}),
    ("search_hit.html", "met passages", {"hit": HIT, "parameters": QueryDict("q=grip")}),
    ("search_hit.html", "in een andere taal", {"hit": ENGLISH_HIT}),
    ("found_on.html", "twee talen", {"words": [Sketch(**word) for word in OTHER_WORDS]}),
    ("search_within.html", "met opschrift", {"id": "s-4", "page_id": 7}),
    ("search_within.html", "klein", {"id": "s-5", "page_id": 7, "small": True, "query": "x"}),
    ("search_places.html", "twee plaatsen", PLACES),
    ("search_places.html", "geen", {**PLACES, "places": [], "total": 0}),
    ("search_places.html", "alleen in de titel", {**PLACES, "places": []}),
    ("search_places.html", "zonder vraag", {**PLACES, "places": [], "asked": False}),
    ("search_promoted.html", "een", {"promoted": PROMOTED[:1]}),
    ("search_promoted.html", "twee, ook in een andere taal", {"promoted": PROMOTED}),
    ("search_start.html", "zonder vraag", {"themes": THEME_PAIRS}),
    ("search_start.html", "niets om te zoeken", {"query": "!!", "themes": THEME_PAIRS}),
    ("search_themes.html", "twee", {"themes": THEME_PAIRS}),
    ("search_results.html", "twee treffers", FOUND),
    ("search_results.html", "niets", {**FOUND, "total": 0, "hits": []}),
    (
        "search_reading.html",
        "verbeterd, met andere woorden",
        {**FOUND, "parameters": QueryDict("q=gripp")},
    ),
    (
        "search_reading.html",
        "voorstel, alleen eigen woorden",
        {
            "query": "gripp",
            "did_you_mean": "grip",
            "exact": True,
            "parameters": QueryDict("q=gripp&exact=1"),
        },
    ),
    (
        "search_reading.html",
        "zonder aanhalingstekens",
        {"query": '"grip gevoel"', "unquoted": True, "parameters": QueryDict("q=grip")},
    ),
    ("search_nothing.html", "met uitwegen", {**FOUND, "contact": "redactie@example.org"}),
    ("search_nothing.html", "kaal", {"read_as": READ_AS, "query": "xyzzy"}),
    ("search_popular.html", "twee pagina’s", {"popular": PROMOTED}),
)
