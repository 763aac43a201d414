"""What all tests share: a small site in two languages, and no way out to a network."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.utils import timezone, translation

from wagtail.models import Collection, Locale, Page, Site

import hypothesis
import pytest

from core.forms_rate import Limit
from core.groups import GROUPS, equip_groups
from core.models import Theme
from home.models import FaqPage, HomePage
from kenniskamer.models import KenniskamerPage

pytest_plugins = ["tests.browser"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")

# No example fails for the time it took: machines are busy. Where CI is set, hypothesis has
# chosen the same examples each time, and this keeps to that.
PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("patient", hypothesis.settings.default, **PATIENT)
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Let Django's database be used beside Playwright's event loop."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that must be complete when anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HUB_TEST_REQUIRE") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests with real transactions last: they empty the database behind them."""
    items.sort(key=has_real_transactions)


def has_real_transactions(item: pytest.Item) -> bool:
    """Say whether a test commits for real."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Any, settings: Any) -> Iterator[None]:
    """Give every test its own media folder and search index, and an empty cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_PATH = tmp_path / "search.sqlite3"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def in_the_default_language(settings: Any) -> Iterator[None]:
    """Begin every test in Dutch: a request leaves its language active behind it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the window in which the posts of a form are counted not end during the test."""
    end = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(Limit, "_until", lambda self, now: end)


@pytest.fixture
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today not end during the test."""
    localdate, today = timezone.localdate, timezone.localdate()
    monkeypatch.setattr(timezone, "localdate", lambda *of: localdate(*of) if of else today)


@dataclass
class SiteTree:
    """A small site: home, library and questions, in Dutch and in English."""

    nl: Locale
    en: Locale
    home: HomePage
    home_en: HomePage
    library: KenniskamerPage
    library_en: KenniskamerPage
    faq: FaqPage
    theme: Theme
    theme_en: Theme


def published(page: Page) -> Any:
    """Publish a page as the CMS does, and return it fresh."""
    page.save_revision().publish()
    return page._meta.model.objects.get(pk=page.pk)


def empty_tree(locale: Locale) -> Page:
    """Return an empty root page. A test with real transactions leaves not even that behind."""
    Site.objects.all().delete()
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    if not root:
        return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    for page in root.get_children():
        page.delete()
    return Page.objects.get(pk=root.pk)


@pytest.fixture
def site_tree(db: None) -> SiteTree:
    """Build the small site."""
    nl = Locale.objects.get_or_create(language_code="nl")[0]
    en = Locale.objects.get_or_create(language_code="en")[0]
    root = empty_tree(nl)
    home = root.add_child(instance=HomePage(title="Kenniskamer", slug="home", locale=nl))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    library = home.add_child(
        instance=KenniskamerPage(
            title="Onderzoek", slug="onderzoek", locale=nl, show_in_menus=True, lead="Alle studies."
        )
    )
    faq = home.add_child(
        instance=FaqPage(title="Veelgestelde vragen", slug="vragen", locale=nl, show_in_menus=True)
    )
    home_en = published(home.copy_for_translation(en))
    library_en = library.copy_for_translation(en)
    library_en.title, library_en.slug = "Research", "research"
    library_en = published(library_en)
    theme = Theme.objects.create(
        label="Draagvlak", slug="draagvlak", locale=nl, other_words="steun\nacceptatie"
    )
    theme_en = theme.copy_for_translation(en)
    theme_en.label, theme_en.other_words = "Public support", "acceptance"
    theme_en.save()
    return SiteTree(nl, en, home, home_en, library, library_en, faq, theme, theme_en)


@pytest.fixture
def editor(django_user_model: Any) -> Any:
    """A user who may do everything in the CMS."""
    return django_user_model.objects.create_superuser(
        "redactie", "redactie@example.org", "geheim-genoeg"
    )


@pytest.fixture
def member(django_user_model: Any, site_tree: SiteTree, client: Any) -> Any:
    """Someone in Wagtail's two groups, without being a superuser; signed in."""
    user = django_user_model.objects.create_user("lid", "lid@example.org", "geheim-genoeg")
    for name in GROUPS:
        Group.objects.get_or_create(name=name)
    equip_groups()
    user.groups.set(Group.objects.filter(name__in=GROUPS))
    client.force_login(user)
    return user


def required(part: str) -> bool:
    """Say whether this run must fail, not skip, when a part is missing."""
    return part in os.environ.get("HUB_TEST_REQUIRE", "").split(",")


def missing(part: str, how: str) -> None:
    """Skip, or fail where this run must be complete."""
    if required(part):
        pytest.fail(f"{part} is missing, and this run may not skip: {how}")
    pytest.skip(f"{part} is missing: {how}")


@pytest.fixture(scope="session", autouse=True)
def database_is_the_asked_one() -> None:
    """Make sure a run meant for PostgreSQL does not quietly use SQLite."""
    if required("postgresql"):
        assert "postgresql" in settings.DATABASES["default"]["ENGINE"]
