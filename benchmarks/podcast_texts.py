"""The same invented series for both feeds that are compared. Needs nothing but Python."""

from __future__ import annotations

CHAPTERS = 6
SENTENCE = (
    "Wie over migratie praat, luistert eerst naar wat de ander bezighoudt, en zoekt dan pas naar "
    "woorden die daarbij aansluiten. "
)
LEAD = "Een gesprek met iemand uit de buurt over wie er meepraat en wie er thuisblijft."
NOTES = (
    f"<p>{SENTENCE * 3}</p><ul><li>{SENTENCE}</li><li><b>Lees mee</b> in het transcript.</li></ul>"
)
SECONDS = 1_800
ADDRESS = "http://localhost:8000"


def title(number: int) -> str:
    """Return the title of an episode."""
    return f"Aflevering {number}: aan de keukentafel"


def row(name: str, seconds: list[float], queries: int, feed: bytes) -> str:
    """Return a row of the table of results."""
    items, best = feed.count(b"<item>"), min(seconds) * 1000
    return f"| {name} | {items} | {best:,.0f} ms | {queries} | {len(feed):,} |"
