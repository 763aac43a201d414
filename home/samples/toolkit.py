"""Sample data for the components of the toolkit."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Sketch
from typing import Any

from django.utils.safestring import SafeString

from home.samples.sample import Rows

PAGE = Sketch(
    released_on=dt.date(2026, 10, 15),
    language="nl",
    version="1.1",
    get_licence_display="CC BY 4.0",
)
PDF = Sketch(
    kind="pdf",
    filename="toolkit-1.1-nl.pdf",
    file_size=48_000,
    language="nl",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)
ZIP = Sketch(**{**vars(PDF), "kind": "zip", "filename": "toolkit-1.1-nl.zip", "file_size": 284_000})


def standing(number: str, **values: Any) -> Sketch:
    """Return a release as lists and banners see it."""
    release = Sketch(
        page=PAGE,
        notice_at=dt.date(2026, 11, 2),
        notice_reason="De tijden bij twee oefeningen klopten niet.",
        corrected_in=Sketch(page=PAGE),
    )
    known = {
        "number": number,
        "url": f"#{number}",
        "release": release,
        "files": [PDF, ZIP],
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "compare_url": "#vergelijk",
        "is_withdrawn": False,
        "is_corrected": False,
    }
    return Sketch(**{**known, **values})


NEWEST = standing("1.1", compare_url="")
OLD, CORRECTED = standing("1.0"), standing("0.9", is_corrected=True)
WITHDRAWN = standing("0.8", is_withdrawn=True)

CHAPTER = Sketch(
    id="c1",
    title="Beginnen met luisteren",
    slug="luisteren",
    intro=SafeString("<p>Wie overtuigen wil, begint met vragen.</p>"),
)
OTHER_CHAPTER = Sketch(id="c2", title="Woorden kiezen", slug="woorden", intro="")
EXERCISE = Sketch(title="Een rondje vragen", slug="een-rondje-vragen")
FILM = Sketch(title="Drie minuten aan de keukentafel", slug="keukentafel")
PLACE = Sketch(is_chapter=False, part=EXERCISE, chapter=CHAPTER)
ELSEWHERE = Sketch(is_chapter=False, part=EXERCISE, chapter=OTHER_CHAPTER)
NEW_PLACE = Sketch(is_chapter=False, part=FILM, chapter=OTHER_CHAPTER)
CHAPTER_PLACE = Sketch(is_chapter=True, part=CHAPTER, chapter=CHAPTER)


def span(text: str = "", state: str = "") -> Sketch:
    """Return a piece of changed text: same, added, removed or left out."""
    states = ("added", "removed", "left_out")
    return Sketch(text=text, **{f"is_{name}": name == state for name in states})


TIME = Sketch(
    name="time",
    label="Tijd",
    replaced=False,
    spans=[span("20", "removed"), span("30", "added"), span(" minuten"), span("", "left_out")],
)
PICTURE = Sketch(name="picture", label="Beeld", replaced=True, spans=[])
FOUND = Sketch(
    added=[NEW_PLACE],
    removed=[CHAPTER_PLACE],
    moved=[Sketch(old=ELSEWHERE, new=PLACE)],
    changed=[Sketch(new=PLACE, fields=[TIME, PICTURE])],
)
COMPARED = {"found": FOUND, "old": OLD, "new": NEWEST, "labels": {}}

PART = Sketch(
    facts=[Sketch(label="Tijd", value="30 minuten"), Sketch(label="Groep", value="4 tot 12")],
    picture=Sketch(alt="Een ijsberg: gedrag boven water, waarden eronder", width=1200, height=630),
    fields=[Sketch(label="Doel", html="<p>Elkaar horen zonder oordeel.</p>")],
    citation="Stichting Gespreksruimte (voorbeeld). (2024). Het gesprek openen.",
    links=[Sketch(url="#bron", label="Lees het onderzoek")],
)
SHOWN = Sketch(
    number=1,
    chapter=CHAPTER,
    parts=[
        Sketch(url="#oefening", part=EXERCISE, kind="Oefening"),
        Sketch(url="#film", part=FILM, kind="Film"),
    ],
)
SAME = Sketch(is_gone=False, is_changed=False, is_moved=False, url="#nu")
GONE = Sketch(is_gone=True, is_changed=False, is_moved=False, url="")
BEHIND = {"newest": NEWEST, "since": FOUND, "compare": "#vergelijk", "now": None}

ROWS: Rows = (
    ("release_offer.html", "de nieuwste", {"release": NEWEST, "latest": "/nl/toolkit/laatste/"}),
    ("release_file.html", "pdf, hoofdknop", {"file": PDF, "url": "#", "first": True}),
    ("release_file.html", "zip", {"file": ZIP, "url": "#", "first": False}),
    ("release_row.html", "eerder", {"release": OLD}),
    ("release_row.html", "verbeterd", {"release": CORRECTED}),
    ("release_row.html", "ingetrokken", {"release": WITHDRAWN}),
    ("release_contents.html", "een hoofdstuk", {"chapters": [SHOWN], "level": 4}),
    ("release_contents.html", "leeg", {"chapters": [], "level": 4}),
    (
        "release_part.html",
        "oefening met beeld en bron",
        {"part": PART, "picture_url": "/static/icons/share.png", "level": 4},
    ),
    (
        "release_select.html",
        "drie",
        {"name": "van", "shelf": Sketch(all=[NEWEST, OLD, WITHDRAWN]), "chosen": OLD},
    ),
    ("release_banner.html", "er is een nieuwere", {"own": OLD, **BEHIND}),
    ("release_banner.html", "onderdeel gelijk gebleven", {"own": OLD, **BEHIND, "now": SAME}),
    ("release_banner.html", "onderdeel vervallen", {"own": OLD, **BEHIND, "now": GONE}),
    ("release_banner.html", "verbeterd", {"own": CORRECTED, "newest": None}),
    ("release_banner.html", "ingetrokken", {"own": WITHDRAWN, "newest": None}),
    ("difference.html", "alles", COMPARED),
    ("difference_counts.html", "vier", {"found": FOUND}),
    ("difference_counts.html", "niets", {"found": None}),
    ("difference_place.html", "onderdeel", {"place": PLACE, "url": "#"}),
    ("difference_place.html", "hoofdstuk", {"place": CHAPTER_PLACE, "url": "#"}),
)
