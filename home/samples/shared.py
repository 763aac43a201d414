"""Words, cards and a picture that samples of several kinds show."""

from __future__ import annotations

from types import SimpleNamespace as Sketch

from core.contracts import Badge, Card, CardImage

TITLE = "Wat mensen bedoelen als zij zeggen dat het er te veel zijn"
LEAD = (
    "Wie zegt dat er te veel migranten zijn, denkt zelden aan een getal. Het gaat vaker over "
    "grip, woningen en wie er gehoord wordt. Dat vraagt om een ander gesprek."
)
STRONG = Badge("Bewijs: sterk", "evidence-strong")
CARD = Card(
    kind="research",
    kind_label="Onderzoek",
    title=TITLE,
    url="#kaart",
    lead=LEAD,
    year=2023,
    badges=(STRONG,),
    facts=("Jansen en anderen", "2023", "Rapport", "48 p."),
)
ENGLISH = Card(
    kind="research",
    kind_label="Research",
    title="Contact at work: when meeting each other helps, and when it does not",
    url="#card",
    lead="Contact changes minds most where people depend on one another to get the work done.",
    language="en",
    badges=(Badge("Bewijs: redelijk", "evidence-fair"), Badge("Engels", "language")),
    facts=("Smith", "2021", "Artikel", "22 p."),
)
BARE = Card(kind="page", kind_label="Pagina", title="Over het netwerk", url="#pagina")
MENU = [
    Sketch(title="Kenniskamer", url="#menu", current=True),
    Sketch(title="Vragen en antwoorden", url="#menu", current=False),
    Sketch(title="Over ons", url="#menu", current=False),
]
LANGUAGES = [
    Sketch(code="nl", label="Nederlands", url="/nl/", current=True),
    Sketch(code="en", label="English", url="/en/", current=False),
]
CRUMBS = [Sketch(title="Voorpagina", url="#"), Sketch(title="Kenniskamer", url="#")]
DOCUMENT = Sketch(
    title="Eindrapport", url="#pdf", file_extension="pdf", file_size=2_400_000, filename="a.pdf"
)


class SamplePicture:
    """Stands in for a stored picture."""

    credit = "Foto: redactie"

    def get_rendition(self, _filter: object) -> CardImage:
        """Return a picture every installation has."""
        return CardImage("/static/icons/share.png", 1200, 630)
