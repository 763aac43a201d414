"""The results page in a real browser: drawer, keyboard, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from search.indexing import process_pending
from tests.hub.test_accessibility import RULES
from tests.research import make_research, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

PHONE = {"width": 320, "height": 700}
LAPTOP = {"width": 1280, "height": 800}
RESULTS = "/nl/zoeken/?q=steun"


@pytest.fixture
def library(site_tree: Any) -> dict[str, Any]:
    """Twelve studies of two years, one with a file."""
    source = make_source("Rapport", ("Over steun.", "Nog meer steun.", "En weer steun."))
    first = make_research(
        site_tree.library,
        "Steun met bron",
        source=source,
        published_year=2019,
        theme=site_tree.theme,
    )
    for number in range(11):
        make_research(site_tree.library, f"Steun nummer {number}", theme=site_tree.theme)
    process_pending()
    return {"study": first}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(
    request: pytest.FixtureRequest, library: Any, browser: Any, live_server: Any
) -> Iterator[Page]:
    """A phone with and without JavaScript."""
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=request.param, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(RESULTS)
    yield page
    context.close()


def test_the_drawer_covers_the_page_and_shows_what_it_gives(phone: Page) -> None:
    phone.get_by_text("Filter en sorteer").click()
    button = phone.locator(".facets__show button")
    expect(button).to_be_in_viewport()
    expect(button).to_have_text("Toon 12 resultaten")
    expect(phone.get_by_role("link", name="Steun nummer 1").first).to_be_hidden()
    phone.get_by_label("2019").check()
    expect(button).to_be_in_viewport()
    button.click()
    phone.wait_for_url("**year=2019*")
    expect(phone.get_by_role("heading", name="1 resultaat")).to_be_visible()
    chip = phone.get_by_role("link", name="Jaar: 2019")
    chip.click()
    expect(phone.get_by_role("heading", name="12 resultaten")).to_be_visible()


def test_the_drawer_closes_by_its_own_button(phone: Page) -> None:
    phone.get_by_text("Filter en sorteer").click()
    phone.get_by_text("Filter en sorteer").click()
    expect(phone.get_by_role("link", name="Steun met bron", exact=True)).to_be_visible()


def test_choosing_counts_and_escape_closes(library: Any, tab: Page) -> None:
    tab.set_viewport_size(PHONE)
    tab.goto(RESULTS)
    tab.get_by_text("Filter en sorteer").click()
    tab.get_by_label("2019").check()
    expect(tab.locator(".facets__show button")).to_have_text("Toon 1 resultaat")
    tab.keyboard.press("Escape")
    expect(tab.locator(".facets__show button")).to_be_hidden()
    expect(tab.locator("summary", has_text="Filter en sorteer")).to_be_focused()


def test_focus_stays_in_the_open_drawer(library: Any, tab: Page) -> None:
    tab.set_viewport_size(PHONE)
    tab.goto(RESULTS)
    tab.get_by_text("Filter en sorteer").click()
    for _ in range(40):
        tab.keyboard.press("Tab")
        inside = tab.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.facets')"
        )
        assert inside, tab.evaluate("document.activeElement.outerHTML")


def test_ten_hits_fit_on_a_laptop(library: Any, tab: Page) -> None:
    tab.set_viewport_size(LAPTOP)
    tab.goto(RESULTS)
    hits = tab.locator(".hit")
    expect(hits).to_have_count(10)
    expect(hits.last).to_be_in_viewport(ratio=1)


def test_the_list_by_keyboard(library: Any, tab: Page) -> None:
    tab.goto(RESULTS)
    link = tab.get_by_role("link", name="Steun met bron", exact=True)
    link.focus()
    tab.keyboard.press("Tab")
    assert "#page=" in tab.evaluate("document.activeElement.href")
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Steun met bron")


def test_searching_in_one_study_and_back(library: Any, tab: Page) -> None:
    tab.goto(library["study"].url)
    tab.get_by_label("Zoek in dit onderzoek").last.fill("weer")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**in=*")
    expect(tab.get_by_role("heading", name="plaats voor")).to_be_visible()
    tab.get_by_role("link", name="Zoek in alles").click()
    tab.wait_for_url("**/nl/zoeken/?q=weer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_axe_finds_nothing(library: Any, tab: Page, size: Any, scheme: Any) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    found = []
    states = (RESULTS, f"/nl/zoeken/?q=steun&in={library['study'].pk}", "/nl/zoeken/?q=xyzzyx+qwq")
    for address in (*states, f"{RESULTS}#drawer"):
        tab.goto("about:blank")
        tab.goto(address)
        if address.endswith("#drawer") and size == PHONE:
            tab.get_by_text("Filter en sorteer").click()
        for violation in Axe().run(tab, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{address}: {violation['id']} {nodes}")
        if tab.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append(f"{address}: too wide")
    assert not found
