"""From a search that misses to its remedy, in a real browser, as an editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from search.counting import waiting
from search.indexing import process_pending
from search.models import AskedQuestion, Promotion, SynonymSet
from tests.research import make_research

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def library(site_tree: Any) -> Iterator[Any]:
    waiting.take()
    make_research(site_tree.library, "Kwartelkoningen in het veld")
    make_research(site_tree.library, "Spriet en kemphaan")
    process_pending()
    yield site_tree
    waiting.take()


@pytest.fixture
def editor_tab(library: Any, tab: Any, live_server: Any, editor: Any, client: Any) -> Any:
    """A tab in which an editor is signed in. What a plain editor may is tested without browser."""
    client.force_login(editor)
    cookie = client.cookies["sessionid"].value
    tab.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return tab


def counts(text: str) -> tuple[int, int, int]:
    waiting.write_waiting()
    row = AskedQuestion.objects.get(text=text)
    return row.asked, row.missed, row.chosen


@pytest.mark.usefixtures("one_day")
def test_opening_a_result_is_counted_once(library: Any, tab: Any) -> None:
    tab.goto("/nl/zoeken/?q=spriet")
    assert counts("spriet") == (1, 0, 0)
    link = tab.locator(".hits a").first
    with tab.expect_response("**/api/v1/search/chosen") as told:
        link.click(modifiers=["ControlOrMeta"])
    assert told.value.status == 204
    link.click()
    tab.wait_for_load_state()
    assert counts("spriet") == (1, 0, 1)
    tab.goto("/nl/zoeken/?q=jan@example.nl+spriet")
    assert tab.locator("[data-chosen]").count() == 0
    assert tab.complaints == []


def test_a_missed_question_gets_its_synonym_after_a_look_at_what_changes(editor_tab: Any) -> None:
    tab = editor_tab
    tab.goto("/nl/zoeken/?q=wachtelkoning")
    assert counts("wachtelkoning")[0] == 1
    tab.goto("/admin/")
    tab.locator("a[href='/admin/search-questions/']").first.click()
    tab.get_by_role("link", name="Gevraagd en gemist").click()
    tab.get_by_role("link", name="Voeg een synoniem toe").click()
    expect(tab.locator("[name=terms-0-text]")).to_have_value("wachtelkoning")
    tab.fill("[name=terms-1-text]", "spriet")
    tab.get_by_role("button", name="Vergelijk").click()
    answer = tab.locator("[data-try-answer]")
    answer.get_by_text("nieuw").first.wait_for()
    expect(answer).to_contain_text("Spriet en kemphaan", use_inner_text=True)
    assert not SynonymSet.objects.exists()
    tab.get_by_role("button", name="Opslaan").first.click()
    tab.wait_for_url("**/synonymset/")
    assert str(SynonymSet.objects.get()) == "wachtelkoning = spriet"
    assert AskedQuestion.objects.get().handled
    tab.goto("/nl/zoeken/?q=wachtelkoning&exact=")
    assert "Spriet" in tab.inner_text(".hits")
    assert tab.complaints == []


def test_a_draft_begins_with_one_click(editor_tab: Any) -> None:
    tab = editor_tab
    AskedQuestion.objects.all().delete()
    tab.goto("/nl/zoeken/?q=xylofoonles")
    waiting.write_waiting()
    tab.goto("/admin/search-questions/?show=missed")
    tab.get_by_role("link", name="Begin een concept").click()
    tab.get_by_label("Antwoord (").check()
    tab.get_by_role("button", name="Maak het concept").click()
    tab.wait_for_url("**/edit/")
    expect(tab.locator("[name=title]")).to_have_value("Xylofoonles")


def test_the_comparison_opens_without_script(library: Any, browser: Any, live_server: Any, editor: Any, client: Any) -> None:  # fmt: skip
    """The button is an ordinary one: it sends the form to a page of its own."""
    made = Promotion.objects.create(words="spriet", page=library.faq)
    client.force_login(editor)
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="nl-NL"
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/admin/snippets/search/promotion/edit/{made.pk}/")
    page.fill("[name=try-question]", "spriet")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Vergelijk").click()
    expect(opened.value.locator("main")).to_contain_text("Veelgestelde vragen", use_inner_text=True)
    context.close()


def test_axe_finds_nothing_in_the_list(editor_tab: Any) -> None:
    tab = editor_tab
    tab.goto("/nl/zoeken/?q=xylofoonles")
    waiting.write_waiting()
    tab.goto("/admin/search-questions/?show=missed")
    tab.get_by_text("xylofoonles").first.wait_for()
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    violations = (
        Axe().run(tab, context="#main .nice-padding", options=options).response["violations"]
    )
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in violations] == []
