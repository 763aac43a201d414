"""A reader and the toolkit in a real browser: find, read, download, compare."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.hub.test_accessibility import RULES
from tests.toolkit.public import chapter, make_public, part
from tests.toolkit.releases import make_release, make_toolkit, release_now
from toolkit.enums import FileKind

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def kit(site_tree: Any) -> Any:
    """Version 1.0 as readers hold it, and 1.1 composed, approved and built just now."""
    kit = make_toolkit(site_tree.home)
    make_public(kit, "1.0", chapter("een", part("a", picture=None), part("b", picture=None)))
    return kit


def test_from_composing_to_download_and_compare(kit: Any, tab: Tab) -> None:
    release = release_now(make_release(kit, "1.1"))
    tab.goto("/nl/toolkit/")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download de zip").click()
    file = release.files.get(kind=FileKind.ZIP)
    data = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(data).hexdigest() == file.sha256
    tab.get_by_role("link", name="Rondje vragen").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Rondje vragen", use_inner_text=True)
    tab.goto("/nl/toolkit/1.0/")
    tab.get_by_role("link", name="Bekijk wat er anders is", exact=True).click()
    expect(tab.locator("#added")).to_have_text("Toegevoegd (3)", use_inner_text=True)
    tab.get_by_label("Ik heb versie").select_option("1.1")
    tab.get_by_role("button", name="Vergelijk").click()
    expect(tab.locator("main")).to_contain_text("één en dezelfde versie", use_inner_text=True)
    assert tab.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    kit: Any, tab: Tab, width: int, scheme: Any
) -> None:
    changed = part("a", title="Deel a, herzien", picture=None)
    make_public(kit, "1.1", chapter("een", changed, part("c", picture=None)))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    for address in ("", "1.0/", "1.1/", "1.0/a/", "vergelijken/"):
        tab.goto(f"/nl/toolkit/{address}")
        assert [found["id"] for found in Axe().run(tab, options=RULES).response["violations"]] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
