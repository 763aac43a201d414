"""Suggestions in a real browser: keyboard, screen reader, touch, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from search.indexing import process_pending
from tests.hub.test_accessibility import RULES
from tests.research import make_research

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def box(site_tree: Any, tab: Page) -> Iterator[Locator]:
    """The box in the header of a page, with suggestions to give."""
    make_research(site_tree.library, "Steun voor opvang")
    make_research(site_tree.library, "Opvang in de buurt")
    process_pending()
    tab.goto(site_tree.library.url)
    yield tab.get_by_role("combobox", name="Wat zoekt u?")


def options(tab: Page) -> list[str]:
    return tab.get_by_role("listbox").get_by_role("option").all_inner_texts()


def active(box: Locator, tab: Page) -> str:
    found = box.get_attribute("aria-activedescendant")
    return tab.locator(f"#{found}").inner_text() if found else ""


def typed(box: Locator, tab: Page, text: str) -> None:
    """Type without a pause: key by key, a busy machine would ask about the first letters too."""
    box.click()
    box.fill(text)
    expect(tab.get_by_role("listbox")).to_be_visible()


def test_the_list_says_what_it_is(box: Locator, tab: Page) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(box, tab, "opv")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    assert box.get_attribute("aria-controls") == tab.get_by_role("listbox").get_attribute("id")
    names = [group.get_attribute("aria-labelledby") for group in tab.get_by_role("group").all()]
    labels = [tab.locator(f"#{name}").inner_text() for name in names if name]
    assert labels[0] == "Zoek naar"
    assert "Onderzoek" in labels
    assert {"Steun voor opvang", "Opvang in de buurt"} <= set(options(tab))
    assert "Opv" in tab.get_by_role("listbox").locator("mark").all_inner_texts()
    count = len(options(tab))
    expect(tab.locator(".search-form [role=status]")).to_contain_text(f"{count} suggesties.")


def test_the_keys(box: Locator, tab: Page) -> None:
    typed(box, tab, "opv")
    shown = options(tab)
    for key, expected in (
        ("ArrowDown", shown[0]),
        ("ArrowDown", shown[1]),
        ("End", shown[-1]),
        ("ArrowDown", ""),
        ("ArrowUp", shown[-1]),
        ("Home", shown[0]),
        ("ArrowUp", ""),
    ):
        tab.keyboard.press(key)
        assert active(box, tab) == expected, key
    assert tab.locator("[aria-selected=true]").count() == 0
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("opv")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("listbox")).to_be_visible()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    assert tab.evaluate("document.activeElement.tagName") == "BUTTON"


def test_enter_opens_the_chosen_page(box: Locator, tab: Page) -> None:
    typed(box, tab, "steun")
    while active(box, tab) != "Steun voor opvang":
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Steun voor opvang")


def test_enter_without_a_choice_asks_the_question(box: Locator, tab: Page) -> None:
    typed(box, tab, "steun")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/nl/zoeken/?q=steun")


def test_a_press_chooses(box: Locator, tab: Page) -> None:
    typed(box, tab, "draagv")
    tab.get_by_role("option", name="Draagvlak", exact=True).click()
    tab.wait_for_url("**/nl/zoeken/?q=Draagvlak")


def test_a_late_answer_does_not_replace_a_newer_one(box: Locator, tab: Page) -> None:
    held: list[Any] = []
    tab.route("**/api/v1/suggest?*q=st", lambda route: held.append(route))
    box.click()
    with tab.expect_request("**/api/v1/suggest?*q=st"):
        tab.keyboard.type("st")
    tab.keyboard.type("eun")
    expect(tab.get_by_role("listbox").get_by_role("option").first).to_have_text("steun")
    for route in held:
        route.abort()
    expect(tab.get_by_role("listbox").get_by_role("option").first).to_have_text("steun")
    assert not tab.complaints  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [429, 503])
def test_a_failure_is_quiet_and_the_form_still_works(box: Locator, tab: Page, status: int) -> None:
    tab.route("**/api/v1/suggest?*", lambda route: route.fulfill(status=status, body="{}"))
    box.click()
    with tab.expect_response("**/api/v1/suggest?*"):
        tab.keyboard.type("steun")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/nl/zoeken/?q=steun")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_open_list(
    box: Locator, tab: Page, width: int, scheme: Any
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    typed(box, tab, "opv")
    tab.keyboard.press("ArrowDown")
    found = Axe().run(tab, options=RULES).response["violations"]
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_script_it_is_a_form(box: Locator, browser: Any, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/nl/zoeken/")
    page.get_by_role("searchbox").fill("steun")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/zoeken/?q=steun")
    expect(page.get_by_role("link", name="Steun voor opvang")).to_be_visible()
    context.close()
