"""The main job, in a real browser: drop PDFs, publish, find the passage, open the page."""

import re

from wagtail.models import Page as WagtailPage

import pytest
import typst

from kenniskamer.models import ResearchPage
from search import indexing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

REPORT = """
#set document(title: "{title}", author: "A. Jansen", date: datetime(year: 2024, month: 3, day: 1))
#set text(lang: "nl")
= {title}
Een rapport over {subject}. Uitgegeven in 2024.
#pagebreak()
= Opzet
Wij spraken met bewoners van drie gemeenten.
#pagebreak()
= Bevindingen
{finding}
"""
FILES = {
    "noord": (
        "Draagvlak in het noorden",
        "draagvlak",
        "Kennismaken verandert de toon van het gesprek.",
    ),
    "buurt": (
        "Opvang in de buurt",
        "opvang",
        "Een koffietafel haalt wantrouwen weg bij omwonenden.",
    ),
    "taal": (
        "De taal van cijfers",
        "framing",
        "Een beeld blijft langer hangen dan een percentage.",
    ),
    "werk": ("Werk en meedoen", "arbeid", "Werkgevers noemen taal zelden als eerste drempel."),
    "school": ("Gesprekken op school", "onderwijs", "Leerlingen nemen het gesprek mee naar huis."),
}


@pytest.fixture
def reports(tmp_path):
    """Five real PDFs of three pages each."""
    paths = []
    for name, (title, subject, finding) in FILES.items():
        path = tmp_path / f"{name}.pdf"
        source = REPORT.format(title=title, subject=subject, finding=finding)
        path.write_bytes(typst.compile(source.encode()))
        paths.append(path)
    return paths


def sign_in(tab):
    tab.goto("/admin/login/")
    tab.fill("input[name=username]", "redactie")
    tab.fill("input[name=password]", "geheim-genoeg")
    tab.click("button[type=submit]")
    tab.wait_for_url("**/admin/")


def test_an_editor_drops_pdfs_and_a_visitor_finds_the_passage(site_tree, editor, tab, reports):
    sign_in(tab)
    tab.get_by_role("link", name=re.compile("Nieuw onderzoek")).first.click()
    tab.locator("input[type=file]").set_input_files([str(path) for path in reports])
    tab.locator("form:has(input[type=file]) button[type=submit]").click()
    for title, _subject, _finding in FILES.values():
        tab.get_by_text(title).first.wait_for(timeout=60_000)
    assert ResearchPage.objects.filter(live=False).count() == 5

    draft = ResearchPage.objects.get(title=FILES["buurt"][0])
    tab.goto(f"/admin/pages/{draft.pk}/edit/")
    assert tab.locator("#id_title").input_value() == FILES["buurt"][0]
    tab.fill("#id_lead", "Wat omwonenden zeggen over opvang in hun buurt.")
    with tab.expect_navigation():
        tab.locator("[name=action-publish]").first.evaluate("button => button.click()")
    draft.refresh_from_db()
    assert draft.live
    indexing.process_pending()

    tab.context.clear_cookies()
    tab.goto("/nl/")
    tab.locator("main input[name=q]").first.fill("wantrouwen omwonenden")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/nl/zoeken/**")
    hit = tab.locator(".hit").first
    assert FILES["buurt"][0] in hit.inner_text()
    assert "wantrouwen" in " ".join(hit.locator("mark").all_inner_texts()).lower()
    link = hit.locator("a[href*='#page=3']").first
    assert "3" in link.inner_text()
    address = link.get_attribute("href")
    response = tab.request.get(address.split("#")[0])
    assert response.status == 200
    assert response.headers["content-type"] == "application/pdf"
    assert response.body() == reports[1].read_bytes()
    assert "#page=3" in address
    assert not tab.context.cookies()
    assert not tab.complaints


def test_the_draft_of_another_file_is_not_found(site_tree, editor, tab, reports):
    sign_in(tab)
    tab.get_by_role("link", name=re.compile("Nieuw onderzoek")).first.click()
    tab.locator("input[type=file]").set_input_files(str(reports[3]))
    tab.locator("form:has(input[type=file]) button[type=submit]").click()
    tab.get_by_text(FILES["werk"][0]).first.wait_for(timeout=60_000)
    indexing.process_pending()
    tab.goto("/nl/zoeken/?q=werkgevers+drempel")
    assert tab.locator(".hit").count() == 0
    assert WagtailPage.objects.filter(title=FILES["werk"][0], live=False).count() == 1
