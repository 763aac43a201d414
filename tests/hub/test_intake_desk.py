"""The desk in a real browser: drop a PDF, take over what it says, publish it from the worklist."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from kenniskamer.models import ResearchPage
from tests.hub.test_end_to_end import FILES, reports, sign_in  # noqa: F401 - reports is a fixture
from tests.research import make_research, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

TITLE = FILES["noord"][0]


def worklist(tab):
    tab.get_by_role("link", name=re.compile("Werkvoorraad")).first.click()
    tab.wait_for_url("**/worklist/")


def row(tab, title):
    return tab.locator(".desk-rows tbody tr").filter(has_text=title)


def test_from_drop_to_publish(site_tree, editor, tab, reports):  # noqa: F811 - the fixture
    sign_in(tab)
    tab.get_by_role("link", name=re.compile("Nieuw onderzoek")).first.click()
    tab.locator("input[type=file]").set_input_files(str(reports[0]))
    tab.locator("form:has(input[type=file]) button[type=submit]").click()
    tab.get_by_text(TITLE).first.wait_for(timeout=60_000)

    worklist(tab)
    assert "een auteur" in row(tab, TITLE).inner_text()
    row(tab, TITLE).get_by_role("link", name="Maak af").click()
    tab.fill("#id_title", f"{TITLE}, door ons getypt")
    tab.fill("#id_doi", "10.1234/getypt")
    tab.fill("#id_lead", "Wat kennismaken doet.")
    tab.locator("[data-fill-all]").click()
    expect(tab.locator("#id_title")).to_have_value(f"{TITLE}, door ons getypt")
    expect(tab.locator("#id_doi")).to_have_value("10.1234/getypt")
    expect(tab.locator("#id_published_year")).to_have_value("2024")
    expect(tab.locator("#id_original_language")).to_have_value("nl")
    expect(tab.locator("#id_authors-0-family_name")).to_have_value("Jansen")
    expect(tab.locator("[data-suggestions-status]")).to_contain_text("auteurs", use_inner_text=True)

    theme = tab.locator("[data-fills=theme]").first
    if not tab.locator("#id_page_themes-0-theme").count():
        theme.click()
    expect(tab.locator("#id_page_themes-0-theme")).to_have_value(str(site_tree.theme.pk))
    assert tab.locator("[id=inline_child_page_themes-0]").get_by_text("Draagvlak").count()
    theme.click()
    expect(tab.locator("#id_page_themes-TOTAL_FORMS")).to_have_value("1")

    tab.locator(".public-DraftEditor-content").first.click()
    tab.keyboard.type("Kennismaken verandert de toon.")
    # The text field writes what was typed into the form a moment later.
    expect(tab.locator("[name=question]")).to_have_value(re.compile("toon"))
    with tab.expect_navigation():
        tab.locator("button.action-save").first.evaluate("button => button.click()")

    worklist(tab)
    ready = row(tab, "door ons getypt")
    assert "klaar om te publiceren" in ready.inner_text().lower()
    ready.get_by_role("checkbox").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Publiceer wat compleet is").click()
    assert "Gepubliceerd" in tab.locator(".messages").inner_text()
    page = ResearchPage.objects.get()
    assert page.live
    assert (page.published_year, page.authors.get().full_name) == (2024, "A. Jansen")
    assert not tab.complaints


def test_two_that_are_one_are_merged(site_tree, editor, tab):
    values = {"doi": "10.1234/abc", "theme": site_tree.theme}
    one = make_research(
        site_tree.library, "Eerste", source=make_source("Een", ("tekst",)), **values
    )
    two = make_research(
        site_tree.library, "Tweede", source=make_source("Twee", ("tekst",)), **values
    )
    sign_in(tab)
    worklist(tab)
    row(tab, "Tweede").get_by_role("link", name="Vergelijk").click()
    tab.locator("input[name=field-title][value=newer]").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Voeg samen").click()

    one.refresh_from_db()
    assert (one.title, one.sources.count()) == ("Tweede", 2)
    tab.context.clear_cookies()
    tab.goto(two.url)
    assert tab.url.endswith(one.url)
    assert not tab.complaints


def test_the_worklist_works_without_javascript(site_tree, editor, browser, live_server):
    page = make_research(
        site_tree.library, "Klaar", theme=site_tree.theme, original_language="nl",
        source=make_source("Bestand", ("tekst",)), live=False,
    )  # fmt: skip
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab)
    tab.goto("/admin/kenniskamer/worklist/?state=complete")
    row(tab, "Klaar").get_by_role("checkbox").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name=re.compile("Publi")).click()
    page.refresh_from_db()
    context.close()
    assert page.live
