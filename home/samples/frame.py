"""The frame of every page: header, menus, languages, head of the page, footer, share data."""

from __future__ import annotations

from types import SimpleNamespace as Sketch

from home.samples.sample import Rows
from home.samples.shared import CRUMBS, LANGUAGES, LEAD, MENU, TITLE

SITE = Sketch(
    organisation="OnMigration",
    contact_address="post@example.org",
    postal_address="Postbus 1\n1000 AA Amsterdam",
    social_links=[Sketch(value={"label": "LinkedIn", "url": "https://example.org/"})],
)
HEAD = {
    "base": "https://example.org",
    "title": TITLE,
    "description": LEAD,
    "og_type": "article",
    "canonical": "https://example.org/nl/",
    "locale": "nl_NL",
}
SHARED = {**HEAD, "og_image": Sketch(url="/static/icons/share.png", width=1200, height=630)}

ROWS: Rows = (
    ("mark.html", "het beeldmerk", {}),
    ("magnifier.html", "het zoekteken", {}),
    ("path.html", "het zoekpad", {}),
    (
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
    ("main_nav.html", "drie ingangen", {"items": MENU, "label": "Voorbeeldmenu"}),
    ("main_nav.html", "leeg", {"items": [], "label": "Leeg voorbeeldmenu"}),
    ("languages.html", "twee talen", {"links": LANGUAGES}),
    ("breadcrumbs.html", "twee niveaus", {"items": CRUMBS}),
    (
        "page_head.html",
        "lange titel",
        {"title": TITLE, "kicker": "Onderzoek", "lead": LEAD, "crumbs": CRUMBS, "size": "long"},
    ),
    ("page_head.html", "kaal", {"title": "Over ons", "kicker": "Pagina"}),
    (
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
    ("share.html", "zonder beeld", {"head": HEAD, "site_name": "OnMigration", "tagline": "x"}),
    ("share.html", "met beeld", {"head": SHARED, "site_name": "OnMigration", "tagline": "x"}),
)
