"""Sample data for every component, in each of its states.

The style page shows them and a test renders them, so a component without a
sample here does not pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace as Sketch
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.contracts import Badge, Card, CardImage
from core.exports import ExportLink
from core.feeds import links
from core.listing import Chip, Facet, FacetValue, Sort
from home import (
    form_samples,
    listening_samples,
    newsletter_samples,
    podcast_samples,
    toolkit_samples,
)

FOLDER = "components/"


@dataclass(frozen=True, slots=True)
class Sample:
    """One state of one component. `template` is its path under `components/`."""

    template: str
    state: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_row(self) -> bool:
        """Say whether the component only stands in a list."""
        return self.template.endswith(("_row.html", "_hit.html"))

    @property
    def html(self) -> SafeString:
        """The component as a page would show it."""
        return render_to_string(FOLDER + self.template, dict(self.context))


class SamplePicture:
    """Stands in for a stored picture."""

    credit = "Foto: redactie"

    def get_rendition(self, _filter: object) -> CardImage:
        """Return a picture every installation has."""
        return CardImage("/static/icons/share.png", 1200, 630)


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
THEMES = [
    Sketch(label="Polarisatie", slug="polarisatie", count=12),
    Sketch(label="Contact en ontmoeting", slug="contact", count=7),
    Sketch(label="Framing", slug="framing", count=0),
]
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
SECTION = Sketch(
    anchor="bevindingen",
    title="Belangrijkste bevindingen",
    html=f"<p>{LEAD}</p><ul><li>Grip telt meer dan aantallen.</li><li>Toon maakt uit.</li></ul>",
)
AUTHORS = [
    Sketch(full_name="Maria van der Berg", orcid="0000-0002-1825-0097"),
    Sketch(full_name="Sociaal en Cultureel Planbureau", orcid=""),
]
STUDY = Sketch(
    original_title="What people mean by too many",
    original_language="en",
    get_original_language_display="Engels",
    author_list=AUTHORS,
    container_title="Tijdschrift voor Voorbeelden",
    volume="12",
    issue="3",
    page_range="12-34",
    publisher="Uitgeverij Voorbeeld",
    place="Utrecht",
    published_on=dt.date(2023, 3, 1),
    published_year=2023,
    get_study_kind_display="Artikel",
    doi="10.1234/voorbeeld",
    doi_url="https://doi.org/10.1234/voorbeeld",
    isbn="978-90-000-0000-0",
    source_url="https://example.org/",
    licence="CC-BY-4.0",
    get_licence_display="CC BY 4.0",
    evidence_strength="strong",
    get_evidence_strength_display="Sterk",
    evidence_kind="experiment",
    get_evidence_kind_display="Experiment",
    evidence_transfer="dutch",
    get_evidence_transfer_display="Onderzocht in Nederland",
    evidence_note="Groot opgezet, vooraf vastgelegd en herhaald.",
    evidence_checked_on=dt.date(2026, 9, 14),
    evidence_meanings=[
        Sketch(word="Sterk", meaning="Meerdere goede studies wijzen dezelfde kant op.")
    ],
)
CHANGES = [
    Sketch(
        notice=Sketch(
            number=number,
            kind=kind,
            get_kind_display=label,
            anchor=f"melding-{number}",
            date=dt.date(2026, 9, number),
            reason=reason,
        ),
        language="nl",
        version_url=url,
    )
    for number, kind, label, reason, url in (
        (2, "correction", "Correctie", "Er stond 34%; dat moet 43% zijn.", "#versie-2"),
        (1, "version", "Nieuwe versie", "Het rapport is herzien; wij ook.", ""),
    )
]
EARLIER = Sketch(
    number=1,
    published_at=dt.datetime(2026, 3, 3, tzinfo=dt.UTC),
    replaced_at=dt.datetime(2026, 9, 2, tzinfo=dt.UTC),
)
FEEDS = links("/nl/kenniskamer/feed/", QueryDict("theme=contact"))
CHART = Sketch(
    name="jaren",
    title="Onderzoek per jaar",
    column="Jaar",
    summary="De meeste onderzoeken zijn van 2023: 12.",
    missing="Zonder jaar: 1.",
    height=120,
    bars=[
        Sketch(label="2023", count=12, percent=100, url="#2023", top=0),
        Sketch(label="2022", count=0, percent=0, url="", top=40),
        Sketch(label="2021 en eerder", count=3, percent=25, url="#2021", top=80),
    ],
)
EXPORTS = [ExportLink(name, f"#{name}") for name in ("RIS", "BibTeX", "CSL-JSON", "CSV")]
USES = [
    Sketch(label="Pagina", rows=[(crumb, ()) for crumb in CRUMBS]),
    Sketch(label="Aflevering", rows=[(CRUMBS[0], [Sketch(label="12:34", fragment="t=754")] * 2)]),
]
CITATIONS = [
    Sketch(
        style="apa",
        label="APA",
        html=format_html("Jansen, A. (2023). <i>{}</i>. Voorbeeldpers.", TITLE),
    ),
    Sketch(style="harvard", label="Harvard", html=f"Jansen, A. (2023) ‘{TITLE}’. Voorbeeldpers."),
]
BARE_STUDY = Sketch(get_study_kind_display="Rapport", published_year=1998)
DOCUMENT = Sketch(
    title="Eindrapport", url="#pdf", file_extension="pdf", file_size=2_400_000, filename="a.pdf"
)
FILE = Sketch(document=DOCUMENT, page_count=48, language="nl", tagged=True, cover_image=None)
ANSWER = Sketch(
    slug="wat-kost-het",
    title="Wat kost het om mee te doen?",
    url="#antwoord",
    answer="<p>Niets. Het netwerk wordt betaald door fondsen.</p>",
)
FACET = Facet(
    "theme",
    "Thema",
    [
        FacetValue("polarisatie", "Polarisatie", 12, True, "?"),
        FacetValue("contact", "Contact en ontmoeting", 7, False, "?theme=contact"),
    ],
)
SORTS = [Sort("added", "Nieuwste hier eerst", True, "?"), Sort("year", "Jaar", False, "?sort=year")]
NEWS = [
    Sketch(
        at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
        kind="new",
        get_kind_display="Nieuw",
        page=Sketch(title=TITLE, url="#nieuws"),
    )
]
SITE = Sketch(
    organisation="OnMigration",
    contact_address="post@example.org",
    postal_address="Postbus 1\n1000 AA Amsterdam",
    social_links=[Sketch(value={"label": "LinkedIn", "url": "https://example.org/"})],
)
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
HEAD = {
    "base": "https://example.org",
    "title": TITLE,
    "description": LEAD,
    "og_type": "article",
    "canonical": "https://example.org/nl/",
    "locale": "nl_NL",
}
SHARED = {**HEAD, "og_image": Sketch(url="/static/icons/share.png", width=1200, height=630)}
PAGES = Paginator(range(200), 20)

SAMPLES: tuple[Sample, ...] = (
    Sample("mark.html", "het beeldmerk"),
    Sample("magnifier.html", "het zoekteken"),
    Sample("path.html", "het zoekpad"),
    Sample(
        "header.html",
        "met zoekveld",
        {
            "organisation": "OnMigration",
            "front": "/nl/",
            "menu": MENU,
            "languages": LANGUAGES,
            "search": True,
        },
    ),
    Sample("main_nav.html", "drie ingangen", {"items": MENU, "label": "Voorbeeldmenu"}),
    Sample("main_nav.html", "leeg", {"items": [], "label": "Leeg voorbeeldmenu"}),
    Sample("languages.html", "twee talen", {"links": LANGUAGES}),
    Sample("breadcrumbs.html", "twee niveaus", {"items": CRUMBS}),
    Sample(
        "page_head.html",
        "lange titel",
        {"title": TITLE, "kicker": "Onderzoek", "lead": LEAD, "crumbs": CRUMBS, "size": "long"},
    ),
    Sample("page_head.html", "kaal", {"title": "Over ons", "kicker": "Pagina"}),
    Sample("search_form.html", "groot", {"id": "s-1", "size": "hero"}),
    Sample("search_form.html", "met vraag", {"id": "s-2", "query": "contact op het werk"}),
    Sample("search_form.html", "klein", {"id": "s-3", "size": "compact"}),
    Sample("badge.html", "sterk", {"badge": STRONG}),
    Sample("badge.html", "redelijk", {"badge": Badge("Bewijs: redelijk", "evidence-fair")}),
    Sample("badge.html", "beperkt", {"badge": Badge("Bewijs: beperkt", "evidence-limited")}),
    Sample(
        "badge.html", "verkennend", {"badge": Badge("Bewijs: verkennend", "evidence-indicative")}
    ),
    Sample("badge.html", "taal", {"badge": Badge("Engels", "language")}),
    Sample("card_row.html", "onderzoek", {"card": CARD}),
    Sample("card_row.html", "in een andere taal", {"card": ENGLISH, "show_kind": True}),
    Sample("card_row.html", "alleen een titel", {"card": BARE, "show_kind": True}),
    Sample("card_list.html", "gemengd", {"cards": [CARD, ENGLISH, BARE], "show_kind": True}),
    Sample("card_feature.html", "uitgelicht", {"card": CARD}),
    Sample("cover.html", "getekend", {"title": TITLE}),
    Sample(
        "cover.html", "eigen omslag", {"title": TITLE, "image": SamplePicture().get_rendition("")}
    ),
    Sample("theme_tags.html", "met aantallen", {"themes": THEMES, "library": ""}),
    Sample("evidence.html", "volledig", {"study": STUDY, "explained": "#label"}),
    Sample("change_list.html", "twee meldingen", {"changes": CHANGES}),
    Sample("latest_change.html", "gecorrigeerd", {"change": CHANGES[0]}),
    Sample("latest_change.html", "ingetrokken", {"change": CHANGES[0], "withdrawn": True}),
    Sample(
        "version_banner.html",
        "eerdere versie",
        {"version": EARLIER, "later": CHANGES[:1], "url": "#nu"},
    ),
    Sample("feed_head.html", "twee vormen", {"feeds": FEEDS, "title": "Kenniskamer"}),
    Sample("feed_links.html", "alles", {"feeds": FEEDS}),
    Sample("feed_links.html", "met filters", {"feeds": FEEDS, "narrowed": True}),
    Sample("bar_chart.html", "drie jaren", {"chart": CHART}),
    Sample("export_links.html", "lijst", {"links": EXPORTS, "label": "Verwijzingen:"}),
    Sample("uses.html", "twee soorten", {"uses": USES}),
    Sample("tagged.html", "uitleg"),
    Sample("record.html", "volledig", {"study": STUDY}),
    Sample(
        "citation_box.html",
        "twee stijlen",
        {"citations": CITATIONS, "permanent": "https://hub.example.org/id/0b1f7a3c"},
    ),
    Sample("record.html", "weinig bekend", {"study": BARE_STUDY}),
    Sample("authors.html", "persoon en organisatie", {"authors": AUTHORS}),
    Sample("file_row.html", "PDF", {"file": FILE, "title": "Eindrapport"}),
    Sample(
        "contents.html",
        "met bron",
        {
            "sections": [SECTION],
            "last_anchor": "bronbestanden",
            "last_title": "Bronbestanden",
            "has_last": True,
        },
    ),
    Sample("section.html", "gewoon", {"section": SECTION}),
    Sample("thumb_bar.html", "op een telefoon", {"files": "bronbestanden"}),
    Sample("faq_item.html", "dicht", {"answer": ANSWER, "level": 3}),
    Sample("news_list.html", "één bericht", {"announcements": NEWS}),
    Sample("facet.html", "één gekozen", {"facet": FACET}),
    Sample("sorts.html", "twee", {"sorts": SORTS}),
    Sample("facets.html", "alles", {"facets": [FACET], "sorts": SORTS, "query": "contact"}),
    Sample("chips.html", "één filter", {"chips": [Chip("Thema: Polarisatie", "?")]}),
    Sample("pagination.html", "midden", {"page": PAGES.page(5), "params": QueryDict("q=contact")}),
    Sample("pagination.html", "één bladzijde", {"page": Paginator([1], 20).page(1), "params": {}}),
    Sample(
        "empty.html",
        "met uitweg",
        {"title": "Niets gevonden", "text": LEAD, "url": "#", "action": "Alles tonen"},
    ),
    Sample("empty.html", "kaal", {"title": "De eerste onderzoeken zijn onderweg"}),
    Sample("search_hit.html", "met passages", {"hit": HIT, "parameters": QueryDict("q=grip")}),
    Sample("search_hit.html", "in een andere taal", {"hit": ENGLISH_HIT}),
    Sample("found_on.html", "twee talen", {"words": [Sketch(**word) for word in OTHER_WORDS]}),
    Sample("search_within.html", "met opschrift", {"id": "s-4", "page_id": 7}),
    Sample("search_within.html", "klein", {"id": "s-5", "page_id": 7, "small": True, "query": "x"}),
    Sample("search_places.html", "twee plaatsen", PLACES),
    Sample("search_places.html", "geen", {**PLACES, "places": [], "total": 0}),
    Sample("search_places.html", "alleen in de titel", {**PLACES, "places": []}),
    Sample("search_places.html", "zonder vraag", {**PLACES, "places": [], "asked": False}),
    Sample("search_promoted.html", "een", {"promoted": PROMOTED[:1]}),
    Sample("search_promoted.html", "twee, ook in een andere taal", {"promoted": PROMOTED}),
    Sample("search_start.html", "zonder vraag", {"themes": THEME_PAIRS}),
    Sample("search_start.html", "niets om te zoeken", {"query": "!!", "themes": THEME_PAIRS}),
    Sample("search_themes.html", "twee", {"themes": THEME_PAIRS}),
    Sample("search_results.html", "twee treffers", FOUND),
    Sample("search_results.html", "niets", {**FOUND, "total": 0, "hits": []}),
    Sample(
        "search_reading.html",
        "verbeterd, met andere woorden",
        {**FOUND, "parameters": QueryDict("q=gripp")},
    ),
    Sample(
        "search_reading.html",
        "voorstel, alleen eigen woorden",
        {
            "query": "gripp",
            "did_you_mean": "grip",
            "exact": True,
            "parameters": QueryDict("q=gripp&exact=1"),
        },
    ),
    Sample(
        "search_reading.html",
        "zonder aanhalingstekens",
        {"query": '"grip gevoel"', "unquoted": True, "parameters": QueryDict("q=grip")},
    ),
    Sample("search_nothing.html", "met uitwegen", {**FOUND, "contact": "redactie@example.org"}),
    Sample("search_nothing.html", "kaal", {"read_as": READ_AS, "query": "xyzzy"}),
    Sample("search_popular.html", "twee pagina’s", {"popular": PROMOTED}),
    Sample("notice.html", "gewoon", {"text": LEAD}),
    Sample(
        "notice.html",
        "let op",
        {"text": LEAD, "tone": "warning", "url": "#", "action": "Lees meer"},
    ),
    Sample(
        "footer.html",
        "volledig",
        {
            "site": SITE,
            "tagline": "Samen zoeken",
            "front": "/nl/",
            "menu": MENU,
            "others": MENU[:1],
            "languages": LANGUAGES,
        },
    ),
    Sample(
        "share.html", "zonder beeld", {"head": HEAD, "site_name": "OnMigration", "tagline": "x"}
    ),
    Sample("share.html", "met beeld", {"head": SHARED, "site_name": "OnMigration", "tagline": "x"}),
    *(Sample(template, state, context) for template, state, context in toolkit_samples.ROWS),
    *(Sample(template, state, context) for template, state, context in form_samples.ROWS),
    *(Sample(template, state, context) for template, state, context in podcast_samples.ROWS),
    *(Sample(template, state, context) for template, state, context in listening_samples.ROWS),
    *(Sample(template, state, context) for template, state, context in newsletter_samples.ROWS),
    Sample("streamfield/heading.html", "kop", {"value": "Een kop in de tekst"}),
    Sample("streamfield/paragraph.html", "alinea", {"value": SafeString(f"<p>{LEAD}</p>")}),
    Sample(
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
    Sample(
        "streamfield/quote.html", "met naam", {"value": {"text": LEAD, "source": "Een deelnemer"}}
    ),
    Sample(
        "streamfield/call_to_action.html",
        "knop",
        {"value": {"title": "Doe mee", "text": LEAD, "label": "Meld u aan", "href": "#"}},
    ),
    Sample("streamfield/document.html", "bestand", {"value": {"document": DOCUMENT, "title": ""}}),
)
