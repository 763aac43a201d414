"""From a reference file to a reference on the site, as an editor and a reader do it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from kenniskamer.models import ResearchPage
from tests.kenniskamer.references.test_import import RIS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


def test_from_a_file_to_a_reference_that_readers_take_along(
    editor: Any, site_tree: Any, tab: Any
) -> None:
    tab.goto("/admin/kenniskamer/references/")
    tab.fill("#id_username", "redactie")
    tab.fill("#id_password", "geheim-genoeg")
    tab.press("#id_password", "Enter")
    file = {"name": "zotero.ris", "mimeType": "text/plain", "buffer": RIS}
    tab.set_input_files("#id_uploads", file)
    tab.locator(".references-form button[type=submit]").click()
    rows = tab.locator(".references-rows tbody tr")
    expect(rows).to_have_count(5)
    rows.filter(has_text="Al hier").get_by_role("checkbox").uncheck()
    tab.locator("button[name=import]").click()
    expect(rows.first.get_by_role("link")).to_have_attribute("href", re.compile("^/admin/pages/"))
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not [text for text in tab.complaints if "favicon" not in text]

    page = ResearchPage.objects.get()
    page.get_latest_revision().publish()
    tab.goto(page.url)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="RIS", exact=True).click()
    assert download.value.suggested_filename == "een-nieuw-onderzoek.ris"
    assert b"van der Berg, Anna" in download.value.path().read_bytes()
