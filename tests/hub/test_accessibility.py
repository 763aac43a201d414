"""Every kind of page in a real browser: axe finds nothing, keyboard and reflow work."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.models import FaqAnswerPage, StandardPage
from search import indexing
from tests.conftest import published
from tests.kenniskamer.test_versions import publish_with
from tests.research import BODY, make_research, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture
def addresses(site_tree):
    """One full page of each kind, and search in each of its states."""
    page = StandardPage(title="Over ons", slug="over", lead="Wie wij zijn.", body=BODY)
    site_tree.home.add_child(instance=page)
    for title in ("Wat kost het?", "Wie kan meedoen?"):
        answer = FaqAnswerPage(title=title, answer="<p>Niets, het is gratis.</p>")
        site_tree.faq.add_child(instance=answer)
        published(answer)
    study = make_research(
        site_tree.library,
        theme=site_tree.theme,
        source=make_source("Rapport", ("Over draagvlak.", "En over steun in de buurt.")),
        question="<p>Vraag</p>",
        practice="<ul><li>Praktijk</li></ul>",
        limits="<p>Grenzen</p>",
        doi="10.1234/abc",
        original_language="en",
    )
    study = publish_with(study, "Er stond 34 procent; dat moet 43 zijn.")
    published(page)
    indexing.process_pending()
    return [
        "/nl/",
        "/en/",
        site_tree.library.url,
        f"{site_tree.library.url}?theme=draagvlak&year=1900",
        study.url,
        f"{study.url}versie/1/",
        f"{site_tree.library.url}cijfers/",
        f"{site_tree.library.url}bewijslabel/",
        page.url,
        site_tree.faq.url,
        answer.url,
        "/nl/zoeken/",
        "/nl/zoeken/?q=draagvlak",
        "/nl/zoeken/?q=bestaatniet",
        "/nl/deze-pagina-is-er-niet/",
        "/nl/aanmelden/",
        "/nl/aanmelden/verstuurd/",
        "/nl/aanmelden/bevestigen/kapot/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(addresses, tab, width, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in addresses:
        tab.goto(address)
        for violation in Axe().run(tab, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{address}: {violation['id']} {nodes}")
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{address}: {wide} px too wide")
    assert not found
    assert [text for text in tab.complaints if "404" not in text and "410" not in text] == []


def focused(tab: Tab) -> str:
    return tab.evaluate(
        "document.activeElement.getAttribute('href') || document.activeElement.name"
    )


def test_the_skip_link_comes_first_and_works(addresses, tab):
    tab.goto("/nl/")
    tab.keyboard.press("Tab")
    assert focused(tab) == "#inhoud"
    tab.keyboard.press("Enter")
    expect(tab.locator("#inhoud")).to_be_focused()


def test_a_question_opens_on_its_address_without_javascript(addresses, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/nl/vragen/#wat-kost-het")
    expect(page.get_by_text("Niets, het is gratis.").first).to_be_visible()
    context.close()
