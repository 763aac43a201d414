"""A study: its record, evidence, changes, citations and files."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Sketch

from django.utils.html import format_html

from core.exports import ExportLink
from home.samples.sample import Rows
from home.samples.shared import CRUMBS, DOCUMENT, LEAD, TITLE

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
BARE_STUDY = Sketch(get_study_kind_display="Rapport", published_year=1998)
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
FILE = Sketch(document=DOCUMENT, page_count=48, language="nl", tagged=True, cover_image=None)

ROWS: Rows = (
    ("evidence.html", "volledig", {"study": STUDY, "explained": "#label"}),
    ("change_list.html", "twee meldingen", {"changes": CHANGES}),
    ("latest_change.html", "gecorrigeerd", {"change": CHANGES[0]}),
    ("latest_change.html", "ingetrokken", {"change": CHANGES[0], "withdrawn": True}),
    (
        "version_banner.html",
        "eerdere versie",
        {"version": EARLIER, "later": CHANGES[:1], "url": "#nu"},
    ),
    ("bar_chart.html", "drie jaren", {"chart": CHART}),
    ("export_links.html", "lijst", {"links": EXPORTS, "label": "Verwijzingen:"}),
    ("uses.html", "twee soorten", {"uses": USES}),
    ("tagged.html", "uitleg", {}),
    ("record.html", "volledig", {"study": STUDY}),
    ("record.html", "weinig bekend", {"study": BARE_STUDY}),
    (
        "citation_box.html",
        "twee stijlen",
        {"citations": CITATIONS, "permanent": "https://hub.example.org/id/0b1f7a3c"},
    ),
    ("authors.html", "persoon en organisatie", {"authors": AUTHORS}),
    ("file_row.html", "PDF", {"file": FILE, "title": "Eindrapport"}),
    (
        "contents.html",
        "met bron",
        {
            "sections": [SECTION],
            "last_anchor": "bronbestanden",
            "last_title": "Bronbestanden",
            "has_last": True,
        },
    ),
    ("section.html", "gewoon", {"section": SECTION}),
    ("thumb_bar.html", "op een telefoon", {"files": "bronbestanden"}),
)
