"""The command that loads the demo: it doubles nothing, and leaves alone what editors did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from wagtail.models import Page, Site

import pytest

from core.models import Announcement, HubDocument, SiteSettings, Theme, User
from home.demo import people, records, texts, toolkit, tree
from home.models import HomePage, StandardPage
from kenniskamer.models import ResearchPage, SourceFile
from search.checking import differences
from search.keys import key_of
from search.models import SynonymSet
from toolkit.models import Release

LIBRARY = texts.library()
BY_KEY = {study.key: study for study in LIBRARY.studies}
SMALL = "gematigde-groei"
PAGES = [*LIBRARY.pages.values(), LIBRARY.questions, *LIBRARY.answers]


# --- The command ----------------------------------------------------------------


@pytest.fixture
def small_demo(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Any:
    """Load one study and a few pages, as the command does; return how to do it again."""
    settings.DATA_DIR = tmp_path
    settings.EDITOR_PASSWORD = ""
    few = replace(
        LIBRARY,
        studies=(BY_KEY[SMALL],),
        answers=LIBRARY.answers[:1],
    )
    monkeypatch.setattr("home.management.commands.demo.library", lambda: few)
    monkeypatch.setattr(tree, "STANDARD", tree.STANDARD[:2])
    released = toolkit.texts()
    monkeypatch.setattr(toolkit, "texts", lambda: {**released, "release": released["release"][:1]})

    def load() -> str:
        out = StringIO()
        call_command("demo", stdout=out)
        return out.getvalue()

    load()
    return load


def counted() -> dict[str, int]:
    models = (
        Page,
        Theme,
        SynonymSet,
        HubDocument,
        SourceFile,
        User,
        Group,
        Site,
        SiteSettings,
        Announcement,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_the_demo_opens_a_site_in_two_languages(small_demo: Any, client: Any) -> None:
    site = Site.objects.get()
    assert isinstance(site.root_page.specific, HomePage)
    assert HomePage.objects.live().count() == 2
    assert not Page.objects.filter(title=tree.WELCOME).exists()
    dutch, english = ResearchPage.objects.filter(
        translation_key=records.identity("study", SMALL)
    ).order_by("-locale__language_code")
    assert (dutch.live, english.live) == (True, True)
    assert dutch.files[0].source_file == english.files[0].source_file
    assert dutch.files[0].source_file.pages.count() == 4
    assert dutch.first_published_at.date() == BY_KEY[SMALL].added
    assert dutch.announcements.get().at == dutch.first_published_at
    assert [theme.label for theme in english.themes][0] == "Labour migration"
    response = client.get(dutch.url)
    assert response.status_code == 200
    assert english.url in response.text


def test_links_lead_to_pages_of_the_same_language(small_demo: Any) -> None:
    about = StandardPage.objects.get(slug="about-us")
    target = StandardPage.objects.get(slug="how-we-summarise")
    assert f'<a linktype="page" id="{target.pk}">' in str(about.body.raw_data[:])


def test_loading_again_changes_nothing(small_demo: Any) -> None:
    before = counted()
    small_demo()
    assert counted() == before


def test_loading_again_mends_what_an_earlier_version_left(small_demo: Any) -> None:
    study = ResearchPage.objects.get(slug=SMALL)
    HomePage.objects.update(numchild=9)
    ResearchPage.objects.filter(pk=study.pk).update(lead="Zonder dat de index het weet.")
    assert [found.key for found in differences()] == [key_of(study.pk)]
    small_demo()
    for home in HomePage.objects.all():
        assert home.numchild == home.get_children().count()
    assert not list(differences())


def test_what_an_editor_changed_or_deleted_stays_so(small_demo: Any) -> None:
    study = ResearchPage.objects.get(slug=SMALL)
    study.title, study.slug = "Van de redactie", "eigen-adres"
    study.save_revision().publish()
    ResearchPage.objects.filter(locale__language_code="en").first().delete()
    Theme.objects.get(slug="polarisatie", locale__language_code="en").delete()
    SynonymSet.objects.first().delete()
    before = counted()
    small_demo()
    study.refresh_from_db()
    assert (study.title, study.slug) == ("Van de redactie", "eigen-adres")
    assert counted() == before


def test_an_interrupted_load_is_finished_by_the_next(
    small_demo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counted()
    key = records.identity("study", SMALL)
    ResearchPage.objects.get(translation_key=key, locale__language_code="nl").delete()
    for model in (records.PageLogEntry, records.ModelLogEntry):
        model.objects.filter(uuid=records.identity("study", SMALL, "nl")).delete()
    small_demo()
    assert counted() == before


def test_a_site_with_its_own_front_page_is_left_alone(site_tree: Any, settings: Any) -> None:
    before = counted()
    out = StringIO()
    call_command("demo", stdout=out)
    assert "not loaded" in out.getvalue()
    assert counted() == before


def test_a_taken_address_gets_another(small_demo: Any) -> None:
    library = records.page_of("page", tree.LIBRARY, "nl")
    page = ResearchPage(title="Asielopvang uit de crisis", slug="eigen")
    library.add_child(instance=ResearchPage(title="Eerder", slug="asielopvang-uit-de-crisis"))
    page.slug = "asielopvang-uit-de-crisis"
    study = BY_KEY["asielopvang-uit-de-crisis"]
    editor = people.editor()
    records.add(
        page, library, kind="study", key=study.key, language="nl", added=study.added, editor=editor
    )
    assert page.slug and page.slug != "asielopvang-uit-de-crisis"


# --- The editor -----------------------------------------------------------------


@pytest.fixture
def data_folder(settings: Any, tmp_path: Any) -> Iterator[Any]:
    settings.DATA_DIR, settings.EDITOR_PASSWORD = tmp_path, ""
    return tmp_path


def test_the_password_is_made_once_and_kept_to_oneself(db: None, data_folder: Any) -> None:
    editor = people.editor()
    path = data_folder / people.PASSWORD_FILE
    password = path.read_text().strip()
    assert path.stat().st_mode & 0o077 == 0
    assert editor.check_password(password)
    assert people.login() == people.login() == f"redactie / {password}"


def test_a_password_from_the_environment_wins(db: None, data_folder: Any, settings: Any) -> None:
    people.editor()
    settings.EDITOR_PASSWORD = "een-lang-wachtwoord"
    assert people.editor().check_password("een-lang-wachtwoord")
    assert people.login().endswith("een-lang-wachtwoord")


def test_a_password_the_editor_chose_is_not_printed(db: None, data_folder: Any) -> None:
    editor = people.editor()
    editor.set_password("zelf gekozen")
    editor.save()
    assert not people.editor().check_password(people.stored_password())
    assert "you chose" in people.login()


def test_the_editor_may_do_an_editors_work(small_demo: Any, client: Any) -> None:
    editor = people.editor()
    assert not editor.is_superuser
    home = records.page_of("page", tree.HOME, "nl")
    permissions = home.permissions_for_user(editor)
    assert permissions.can_edit() and permissions.can_publish() and permissions.can_add_subpage()
    for right in (
        "core.change_theme",
        "core.change_sitesettings",
        "wagtail_localize.submit_translation",
        "wagtailadmin.access_admin",
    ):
        assert editor.has_perm(right), right
    client.force_login(editor)
    for address in (
        "/admin/",
        "/admin/documents/",
        "/admin/images/",
        "/admin/snippets/core/theme/",
    ):
        assert client.get(address).status_code == 200, address


def test_the_toolkit_of_the_demo_is_released_by_two_people(small_demo: Any) -> None:
    release = Release.objects.get()
    assert release.is_public
    assert release.asked_by != release.approved_by
    assert release.pdf and release.zip
    assert release.page.live
    told = Announcement.objects.filter(page=release.page, kind="released").get()
    assert timezone.localdate(told.at) == release.page.released_on
