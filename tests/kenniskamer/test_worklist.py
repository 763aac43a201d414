"""The worklist: what waits, for whom, and what can be done with many at once."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from core.models import PageTheme, Theme
from kenniskamer.enums import SourceState, Waiting
from kenniskamer.models import DeskEntry, ResearchPage, SourceFile
from kenniskamer.models.imports import ReferenceFile, ReferenceImport
from kenniskamer.worklist import total_open
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
LIST, ACT = "/admin/kenniskamer/worklist/", "/admin/kenniskamer/worklist/act/"


@pytest.fixture
def desk(client, editor, site_tree):
    client.force_login(editor)
    return client


def waiting():
    return {entry.title: entry.waiting for entry in DeskEntry.objects.open(TODAY)}


def complete(site_tree, title="Af", **values):
    if "source" not in values:
        values["source"] = make_source(f"Bestand van {title}", ("tekst",))
    values = {"theme": site_tree.theme, "original_language": "nl"} | values
    return make_research(site_tree.library, title, live=False, **values)


def entry_of(page):
    return DeskEntry.objects.get(page=page)


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("state", "pages", "read", "waits_for"),
    [
        (SourceState.WAITING, 0, 0, Waiting.READING),
        (SourceState.READING, 9, 3, Waiting.READING),
        (SourceState.READY, 9, 9, Waiting.LOOSE),
        (SourceState.NO_TEXT, 9, 9, Waiting.LOOSE),
        (SourceState.PASSWORD, 0, 0, Waiting.FAILED),
        (SourceState.BROKEN, 0, 0, Waiting.FAILED),
        (SourceState.TOO_LARGE, 9, 0, Waiting.FAILED),
        (SourceState.TOO_LARGE, 9, 5, Waiting.LOOSE),
    ],
)
def test_what_a_file_waits_for(site_tree, state, pages, read, waits_for):
    source = make_source("Los rapport")
    SourceFile.objects.update(state=state, page_count=pages, pages_done=read)
    source.refresh_from_db()

    assert waiting() == {"Los rapport": waits_for}
    assert source.has_failed == (waits_for == Waiting.FAILED)


def test_what_a_study_waits_for(site_tree):
    complete(site_tree, "Klaar")
    complete(site_tree, "Zonder jaar", published_year=None)
    make_research(site_tree.library, "Online")
    make_research(site_tree.library, "Oud", review_by=TODAY)
    make_research(site_tree.library, "Later", review_by=TODAY + dt.timedelta(days=1))
    changed = make_research(site_tree.library, "Gewijzigd", theme=site_tree.theme)
    changed.title = "Gewijzigd concept"
    changed.save_revision()
    gone = make_research(site_tree.library, "Offline")
    gone.unpublish()

    assert waiting() == {
        "Klaar": Waiting.COMPLETE,
        "Zonder jaar": Waiting.TO_FINISH,
        "Oud": Waiting.REVIEW,
        "Gewijzigd concept": Waiting.TO_FINISH,
    }


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"lead": " "}, "lead"),
        ({"findings": "<p> </p>"}, "summary"),
        ({"theme": None}, "themes"),
        ({"published_year": None}, "published_year"),
        ({"original_language": ""}, "original_language"),
        ({"source": None}, "original"),
    ],
)
def test_each_missing_part_is_named(site_tree, values, code):
    assert entry_of(complete(site_tree, **values)).missing == [code]


def test_an_address_stands_for_a_file(site_tree):
    page = complete(site_tree, source=None, source_url="https://example.org/rapport")
    assert entry_of(page).is_complete


def test_the_row_follows_the_draft_and_not_the_stored_page(site_tree):
    page = complete(site_tree, published_year=None)
    draft = page.get_latest_revision_as_object()
    draft.title, draft.published_year = "Nieuwe titel", 2021
    draft.save_revision()

    assert waiting() == {"Nieuwe titel": Waiting.COMPLETE}
    assert ResearchPage.objects.get(pk=page.pk).published_year is None


def test_a_row_has_one_next_step(desk, site_tree):
    for number, state in enumerate(SourceState.values):
        source = make_source(f"Bestand {number}")
        SourceFile.objects.filter(pk=source.pk).update(state=state, page_count=number % 2)
    complete(site_tree, "Klaar")
    complete(site_tree, "Half", published_year=None)
    make_research(site_tree.library, "Oud", review_by=dt.date(2020, 1, 1))
    html = desk.get(LIST).content.decode()

    rows = re.findall(
        r'<tr role="row">.*?</tr>', html.split('<tbody role="rowgroup"')[1], re.DOTALL
    )
    assert len(rows) == len(SourceState.values) + 3
    assert [row.count('id="step-') for row in rows] == [1] * len(rows)


class TestFilters:
    """Each filter by itself, and what does not exist."""

    @pytest.fixture
    def filled(self, site_tree, editor):
        complete(site_tree, "Gesprekken in de wijk", study_kind="thesis")
        complete(site_tree, "Élan van bewoners", theme=None, published_year=None)
        taken = complete(site_tree, "Opgepakt werk", theme=None)
        DeskEntry.objects.filter(page=taken).update(worker=editor)

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ({}, {"Gesprekken in de wijk", "Élan van bewoners", "Opgepakt werk"}),
            ({"state": "complete"}, {"Gesprekken in de wijk"}),
            ({"theme": "draagvlak"}, {"Gesprekken in de wijk"}),
            ({"kind": "thesis"}, {"Gesprekken in de wijk"}),
            ({"who": "me"}, {"Opgepakt werk"}),
            ({"who": "nobody"}, {"Gesprekken in de wijk", "Élan van bewoners"}),
            ({"q": "elan BEWONERS"}, {"Élan van bewoners"}),
            ({"q": "bestand van opgepakt"}, {"Opgepakt werk"}),
            ({"q": "jansen wijk"}, {"Gesprekken in de wijk"}),
            ({"q": "bestaat niet"}, set()),
            (
                {"state": "onzin", "theme": "geen", "kind": "x", "who": "999999", "p": "x"},
                {"Gesprekken in de wijk", "Élan van bewoners", "Opgepakt werk"},
            ),
        ],
    )
    def test_they_narrow(self, desk, filled, query, titles):
        response = desk.get(LIST, query)
        assert {row.entry.title for row in response.context["rows"]} == titles

    def test_states_are_counted_by_what_the_others_leave(self, desk, filled):
        html = desk.get(LIST, {"theme": "draagvlak", "state": "to_finish"}).content.decode()
        assert re.search(r'value="complete"[^>]*>[^<]*\(1\)', html)
        assert re.search(r'value="to_finish"[^>]*>[^<]*\(0\)', html)

    @pytest.mark.parametrize("words", ["\x00", "%", "'; --", "x" * 3000, "😀"])
    def test_any_words_will_do(self, desk, filled, words):
        assert desk.get(LIST, {"q": words}).status_code == 200


@pytest.mark.parametrize(
    ("state", "shown", "counted"),
    [("reading", True, False), ("ready", True, True), ("importing", True, False),
     ("done", False, False)],
)  # fmt: skip
def test_imports_of_references_wait_too(desk, state, shown, counted):
    batch = ReferenceImport.objects.create(state=state)
    ReferenceFile.objects.create(batch=batch, name="zotero.ris")
    html = desk.get(LIST).content.decode()

    assert ("zotero.ris" in html) == shown
    assert (reverse("kenniskamer_admin:reference_import", args=[batch.pk]) in html) == shown
    assert (total_open(TODAY) == 1) == counted
    assert "zotero.ris" not in desk.get(LIST, {"state": "complete"}).content.decode()


def test_nothing_waits(desk):
    html = desk.get(LIST).content.decode()
    assert reverse("kenniskamer_admin:add") in html
    assert "<table" not in html.split("<main")[1]


def test_the_menu_counts_what_waits_and_not_what_is_being_read(desk, site_tree):
    complete(site_tree)
    make_source("Bezig")
    SourceFile.objects.filter(document__title="Bezig").update(state=SourceState.READING)
    assert "(1)" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_pages_of_fifty_and_flat_queries(desk, site_tree):

    def queries():
        desk.get(LIST, {"part": "rows"})
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = desk.get(LIST, {"part": "rows"})
        return len(captured), response

    complete(site_tree, "Nummer 0")
    few, _ = queries()
    for number in range(1, 53):
        complete(site_tree, f"Nummer {number}")
    many, response = queries()

    assert many <= few
    assert many <= 20
    assert len(response.context["rows"]) == 50
    assert len(desk.get(LIST, {"p": 2}).context["rows"]) == 3


class TestActions:
    """Many rows at once, each with an answer of its own."""

    def act(self, desk, pages, action, **values):
        entries = [entry_of(page).pk for page in pages]
        return desk.post(ACT, {"entries": entries, "action": action, "next": LIST, **values})

    def test_only_complete_drafts_are_published(self, desk, site_tree):
        good, bad = complete(site_tree, "Klaar"), complete(site_tree, "Half", published_year=None)
        response = self.act(desk, [good, bad], "publish")

        assert response.url == LIST
        assert [page.live for page in ResearchPage.objects.order_by("pk")] == [True, False]
        done, not_done = texts(response)
        assert done.startswith("Klaar: ")
        assert not_done.startswith("Half: ")
        assert not_done.endswith(".")

    def test_a_draft_that_does_not_fit_says_why(self, desk, site_tree):
        page = complete(site_tree, "Fout")
        draft = page.get_latest_revision_as_object()
        draft.doi = "geen doi"
        draft.save_revision(clean=False)
        response = self.act(desk, [page], "publish")

        assert "DOI" in texts(response)[0]
        assert not ResearchPage.objects.get().live

    def test_a_theme_goes_into_the_drafts(self, desk, site_tree):
        with_theme, without = complete(site_tree, "Met"), complete(site_tree, "Zonder", theme=None)
        self.act(desk, [with_theme, without], "theme", theme=site_tree.theme.pk)

        for page in ResearchPage.objects.all():
            themes = page.get_latest_revision_as_object().page_themes.all()
            assert [row.theme for row in themes] == [site_tree.theme]
            assert list(entry_of(page).themes.all()) == [site_tree.theme]
        assert not PageTheme.objects.filter(page=without).exists()

    def test_an_english_study_gets_the_english_theme(self, desk, site_tree):
        page = make_research(site_tree.library_en, "English", live=False)
        self.act(desk, [page], "theme", theme=site_tree.theme.pk)
        page.refresh_from_db()
        themes = page.get_latest_revision_as_object().page_themes.all()
        assert [row.theme for row in themes] == [site_tree.theme_en]

    def test_a_theme_must_be_chosen(self, desk, site_tree):
        response = self.act(desk, [complete(site_tree)], "theme")
        assert len(texts(response)) == 1

    def test_throwing_away_asks_first(self, desk, site_tree):
        draft, online = complete(site_tree, "Weg"), make_research(site_tree.library, "Online")
        asked = self.act(desk, [draft, online], "discard")

        assert asked.status_code == 200
        assert ResearchPage.objects.count() == 2
        self.act(desk, [draft, online], "discard", confirmed="yes")
        assert [page.title for page in ResearchPage.objects.all()] == ["Online"]
        assert not SourceFile.objects.exists()

    def test_a_file_another_study_uses_stays(self, desk, site_tree):
        source = make_source("Gedeeld", ("tekst",))
        draft = complete(site_tree, "Weg", source=source)
        make_research(site_tree.library, "Blijft", source=source)
        self.act(desk, [draft], "discard", confirmed="yes")

        assert SourceFile.objects.get() == source

    def test_who_works_on_it_is_shown_and_is_no_lock(
        self, desk, site_tree, editor, django_user_model
    ):
        other = django_user_model.objects.create_superuser("fatima", "f@example.org", "geheim-12")
        page = complete(site_tree)
        DeskEntry.objects.update(worker=other)
        assert "fatima" in desk.get(LIST).content.decode()
        self.act(desk, [page], "take")
        assert entry_of(page).worker == editor
        self.act(desk, [page], "let_go")
        assert entry_of(page).worker is None

    def test_nothing_chosen_or_gone(self, desk, site_tree):
        for values in ({}, {"entries": ["999"], "action": "take"}, {"entries": ["x"]}):
            response = desk.post(ACT, values)
            assert response.status_code == 302
            assert texts(response)

    def test_it_never_sends_the_editor_elsewhere(self, desk, site_tree):
        response = self.act(desk, [complete(site_tree)], "take", next="https://example.org/")
        assert response.url == LIST

    def test_a_loose_file_gets_a_draft_once(self, desk, site_tree):
        source = make_source("Los rapport", ("tekst",))
        address = reverse("kenniskamer_admin:make_draft", args=[source.pk])
        response = desk.post(address)
        page = ResearchPage.objects.get()
        again = desk.post(address)

        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert again.url == LIST
        assert ResearchPage.objects.count() == 1


class TestWho:
    """Others than editors of the library are kept out; reading changes nothing."""

    def test_outsiders(self, client, site_tree, django_user_model):
        user = django_user_model.objects.create_user("gast", "gast@example.org", "geheim-genoeg")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        page = complete(site_tree)
        values = {"entries": [entry_of(page).pk], "action": "publish"}
        for response in (client.get(LIST), client.post(ACT, values)):
            assert response.status_code in (302, 403)
        assert not ResearchPage.objects.get().live
        assert LIST not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_only_posts_act(self, desk):
        assert desk.get(ACT).status_code == 405


def test_a_theme_that_is_gone_leaves_the_rows(desk, site_tree):
    page = complete(site_tree)
    Theme.objects.all().delete()
    assert desk.get(LIST).status_code == 200
    assert list(entry_of(page).themes.all()) == []
