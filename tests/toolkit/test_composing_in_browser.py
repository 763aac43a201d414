"""Two editors in a real browser: from an empty form to two releases that readers compare."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, TimeoutError, expect
from playwright.sync_api import Page as Tab

from tests.hub.test_end_to_end import sign_in
from tests.research import make_research
from tests.toolkit.pictures import make_picture
from tests.toolkit.releases import make_toolkit
from toolkit import building, tasks
from toolkit.models import Release

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

RICH = ".public-DraftEditor-content"


class Form:
    """The form of a release, as an editor fills it."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.parts = tab.locator("[data-contentpath=chapters] [data-contentpath=parts]").last

    def begin(self) -> None:
        """Begin a release, and wait until all of its form is there."""
        self.tab.get_by_role("button", name="Begin").click()
        self.tab.wait_for_url("**/edit/")

    def add_chapter(self, title: str) -> None:
        """Add a chapter below the others."""
        self.tab.locator("[data-contentpath=chapters] .c-sf-add-button").last.click()
        self.tab.locator("[data-contentpath=chapters] [data-contentpath=title] input").last.fill(
            title
        )

    def add_part(self, kind: str) -> None:
        """Add a part of a kind at the end of the last chapter.

        On a busy machine the menu can close under the press; a person then presses again.
        """
        parts = self.parts.locator("[data-streamfield-child]")
        option = self.tab.get_by_role("option", name=kind, exact=True)
        number = parts.count()
        for _again in range(5):
            if not option.is_visible():
                self.parts.locator(".c-sf-add-button").last.click()
            with contextlib.suppress(AssertionError, TimeoutError):
                option.click(timeout=5000)
                return expect(parts).not_to_have_count(number)
        raise AssertionError(f"{kind} was not added: {self.tab.complaints}")  # type: ignore[attr-defined]

    def field(self, name: str) -> Locator:
        """Return a field of the part that was added last."""
        return self.parts.locator(f"[data-contentpath={name}]").last

    def fill(self, **values: str) -> None:
        """Fill fields of the part that was added last; texts are typed."""
        for name, value in values.items():
            field = self.field(name)
            field.locator(f"{RICH}, input:visible, textarea:visible").first.wait_for()
            if field.locator(RICH).count():
                self.type(field, value)
            else:
                field.locator("input, textarea").first.fill(value)

    def type(self, field: Locator, text: str) -> None:
        """Type in a text field, and wait until the form has it."""
        field.locator(RICH).first.click()
        self.tab.keyboard.type(text)
        expect(field.locator(f'input[type=hidden][value*="{text}"]')).to_have_count(1)

    def save(self) -> None:
        """Save the draft."""
        with self.tab.expect_navigation():
            self.tab.locator("button.action-save").first.click()


def compose(tab: Tab, form: Form) -> None:
    """Write one part of every kind, the study and the picture chosen from what is there."""
    form.add_part("Model")
    form.fill(title="De ijsberg", body="Kijk onder water.", when="Bij ruzie.")
    form.field("image").get_by_role("button", name="Kies een afbeelding").click()
    tab.locator(".modal").get_by_role("link", name=re.compile("red")).click()
    form.field("image").get_by_text("red").wait_for()
    form.fill(alt="Een rood vlak")
    form.add_part("Onderzoek")
    form.field("study").get_by_role("button", name=re.compile("Kies een")).click()
    tab.locator(".modal").get_by_role("link", name=re.compile("Praten helpt")).click()
    form.field("study").get_by_text("Praten helpt").wait_for()
    form.add_part("Rapport")
    form.fill(title="Jaarbeeld", organisation="Bureau Voorbeeld", body="Cijfers van het jaar.")
    form.add_part("Film")
    form.fill(title="De buren", url="https://example.org/film", transcript="Ze groet hem.")
    form.add_part("Denker of doener")
    form.fill(title="Anna Voorbeeld", body="Ze doet het voor.")
    form.add_part("Oefening")
    form.fill(title="Rondje vragen", time="30 minuten", group="8 mensen", steps="Ga zitten.")
    form.add_part("Tekst")
    form.fill(title="Tot slot", body="Ga door.")


def offer(tab: Tab) -> None:
    """Offer what was saved to a second pair of eyes."""
    tab.get_by_role("link", name="Naar het uitbrengen").click()
    tab.get_by_role("button", name="Aanbieden aan een tweede lezer").click()
    tab.get_by_text("Wacht op een tweede lezer").first.wait_for()


def approve(tab: Tab, title: str) -> None:
    """Find on the home of the CMS what waits, look, release, and watch it being built."""
    tab.goto("/admin/")
    tab.locator("#toolkit-waiting-content").get_by_role("link", name=title).click()
    tab.get_by_role("button", name="uitbrengen").click()
    tab.get_by_role("progressbar").wait_for()
    building.build(Release.objects.get(page__title=title).pk)
    tab.get_by_text("Uitgebracht op").wait_for()


def downloaded(tab: Tab, name: str) -> bytes:
    """Download a file from the page of the toolkit, and check it with the sum shown beside it."""
    with tab.expect_download() as download:
        tab.get_by_role("link", name=name).click()
    data = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(data).hexdigest() in tab.content()
    return data


def check_zip(data: bytes) -> None:
    """Check the ZIP as `sha256sum --check` would."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    [sums] = [name for name in archive.namelist() if name.endswith("/SHA256SUMS")]
    top = sums.rpartition("/")[0]
    lines = archive.read(sums).decode().splitlines()
    assert len(lines) >= 7 * 2 + 1
    for line in lines:
        digest, _spaces, path = line.partition("  ")
        assert hashlib.sha256(archive.read(f"{top}/{path}")).hexdigest() == digest


def test_from_an_empty_form_to_two_releases_compared(
    site_tree: Any,
    editor: Any,
    browser: Any,
    live_server: Any,
    tab: Tab,
    monkeypatch: Any,
    django_user_model: Any,
) -> None:
    monkeypatch.setattr(tasks, "wake", lambda release: None)  # a worker takes it later
    django_user_model.objects.create_superuser("meelezer", "m@example.org", "geheim-genoeg")
    make_research(site_tree.library, title="Praten helpt")
    make_picture("red")
    make_toolkit(site_tree.home)
    second = browser.new_context(base_url=live_server.url, locale="nl-NL").new_page()

    sign_in(tab)
    tab.get_by_role("link", name=re.compile("^Uitgaven")).first.click()
    tab.get_by_role("link", name="Nieuwe uitgave").click()
    form = Form(tab)
    form.begin()
    form.add_chapter("Beginnen")
    compose(tab, form)
    form.type(tab.locator("[data-contentpath=notes]"), "Alles is nieuw.")
    form.save()
    offer(tab)

    second.goto("/admin/login/")
    second.fill("input[name=username]", "meelezer")
    second.fill("input[name=password]", "geheim-genoeg")
    second.click("button[type=submit]")
    second.wait_for_url("**/admin/")
    approve(second, "Toolkit 1.0")

    tab.goto("/nl/toolkit/")
    check_zip(downloaded(tab, "Download de zip"))
    assert downloaded(tab, "Download de pdf").startswith(b"%PDF-")

    tab.goto("/admin/toolkit/")
    tab.get_by_role("link", name="Nieuwe uitgave").click()
    form.begin()
    form.add_part("Tekst")
    form.fill(title="Erbij gekomen", body="Een nieuw stuk.")
    form.type(tab.locator("[data-contentpath=notes]"), "Een stuk erbij.")
    form.save()
    offer(tab)
    approve(second, "Toolkit 1.1")

    tab.goto("/nl/toolkit/1.0/")
    tab.get_by_role("link", name="Bekijk wat er anders is", exact=True).click()
    expect(tab.locator("#added")).to_have_text("Toegevoegd (1)", use_inner_text=True)
    expect(tab.locator("main")).to_contain_text("Erbij gekomen", use_inner_text=True)
    assert tab.complaints == []  # type: ignore[attr-defined]
