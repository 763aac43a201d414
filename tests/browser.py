"""A real, headless Chromium for tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import missing

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return the path of the system's Chromium, if it has one."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    path = chromium()
    if not path:
        missing("browser", "install Chromium to run the tests in a real browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser, live_server: Any, settings: Any) -> Iterator[Page]:
    """A fresh tab with no cookies; fails the test on a script error or a blocked resource."""
    # On a slow machine the CMS saves by itself while a test saves, and refuses one of the two.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    context = browser.new_context(base_url=live_server.url, locale="nl-NL")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.complaints = complaints  # type: ignore[attr-defined]
    yield page
    context.close()
