"""A real, headless Chromium for tests."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
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


PAUSE = 0.15
"""Seconds between the two parts of a page."""


def in_two_parts(app: Callable[..., Any]) -> Callable[..., Iterator[bytes]]:
    """Return the WSGI application, with a pause after a quarter of every page.

    A page can reach a browser in parts, and on a busy machine it now and then does. A test that
    looks before the page is whole would then fail once in fifty runs; here it fails nearly always.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        types: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            types.extend(value for name, value in headers if name.lower() == "content-type")
            return start_response(status, headers, *rest)

        parts = app(environ, start)
        try:
            for part in parts:
                first = len(part) // 4 if types and types[-1].startswith("text/html") else 0
                if first:
                    yield part[:first]
                    time.sleep(PAUSE)
                yield part[first:]
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


@pytest.fixture(scope="session")
def live_server(live_server: Any) -> Any:
    """Serve the site as a slow line would."""
    server = live_server.thread.httpd
    server.set_app(in_two_parts(server.get_app()))
    return live_server


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
