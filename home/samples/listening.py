"""Sample data for what listeners see."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Sketch

from home.samples.sample import Rows

SOUND = Sketch(
    url="/static/geluid.mp3",
    name="gesprek.mp3",
    type_name="MP3",
    seconds=2_712,
    length="45:12",
    size=21_700_000,
    start=0,
    key="voorbeeld",
    title="Wie er meedoet",
    series="In gesprek",
    artwork="",
)
LATER = Sketch(**{**vars(SOUND), "size": 0, "start": 754})
CHAPTERS = [
    Sketch(seconds=0, label="0:00", title="Welkom", url="", href="?t=0#t=0"),
    Sketch(seconds=754, label="12:34", title="De buurt", url="#lees", href="?t=754#t=754"),
]
EPISODE = Sketch(
    title="Wie er meedoet",
    url="#aflevering",
    at=dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC),
    length="45:12",
    number=4,
    kind_label="",
    lead="Noor de Wit vraagt in de buurt wie er meepraat en wie er thuisblijft.",
)
TRAILER = Sketch(**{**vars(EPISODE), "number": None, "kind_label": "Trailer", "length": "1:02"})
BARE = Sketch(title="Zonder meer", url="#kaal", at=None, length="", number=None, lead="")
FEED = "https://example.org/nl/in-gesprek/feed.xml"
APPS = [Sketch(name="Spotify", url="#spotify"), Sketch(name="Apple Podcasts", url="#apple")]
OPENERS = [Sketch(name="Pocket Casts", url="#pktc"), Sketch(name="AntennaPod", url="#antenna")]
PEOPLE = [
    Sketch(name="Noor de Wit", get_role_display="presentator", url="#noor"),
    Sketch(name="Samir Haddad", get_role_display="gast", url=""),
]
MENTIONS = [
    Sketch(
        title="Contact en vooroordelen",
        url="#studie",
        kind="Onderzoek",
        note="Waarom gelijke status telt.",
        label="12:34",
        href="?t=754#t=754",
    ),
    Sketch(title="Toolkit 1.1", url="#uitgave", kind="Uitgave", note="", label="", href=""),
]


def cue(second: int, label: str, text: str) -> Sketch:
    """Return a line of a transcript."""
    anchor = f"t={second}"
    return Sketch(anchor=anchor, start=second * 1000, label=label, href=f"#{anchor}", text=text)


TURNS = [
    Sketch(speaker="Noor de Wit", cues=[cue(0, "0:00", "Welkom bij deze aflevering.")]),
    Sketch(speaker="", cues=[cue(5, "0:05", "Muziek.")]),
]
FILES = [Sketch(label="WebVTT", url="#vtt", type="text/vtt")]

ROWS: Rows = (
    ("player.html", "van het begin", {"sound": SOUND}),
    ("player.html", "begint later, grootte onbekend", {"sound": LATER}),
    ("chapter_list.html", "twee", {"chapters": CHAPTERS}),
    ("transcript_fold.html", "dicht", {"url": "#transcript", "files": FILES}),
    ("transcript_words.html", "twee stemmen", {"turns": TURNS}),
    ("episode_row.html", "gewoon", {"episode": EPISODE}),
    ("episode_row.html", "trailer", {"episode": TRAILER}),
    ("episode_row.html", "kaal", {"episode": BARE}),
    (
        "subscribe.html",
        "volledig",
        {"feed": FEED, "apps": APPS, "openers": OPENERS, "qr": "/static/icons/favicon.svg"},
    ),
    ("subscribe.html", "alleen het adres", {"feed": FEED}),
    ("people.html", "twee", {"people": PEOPLE}),
    ("mentions.html", "met en zonder minuut", {"mentions": MENTIONS}),
)
