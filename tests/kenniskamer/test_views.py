"""The desk for files: with and without JavaScript, and only for who may."""

from __future__ import annotations

import json

from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from core.models import HubDocument
from kenniskamer import reading
from kenniskamer.enums import ADVICE, SourceState
from kenniskamer.models import ResearchPage, SourceFile
from tests.kenniskamer import pdfs
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db

ADD = "/admin/kenniskamer/add/"


@pytest.fixture
def desk(client, editor, site_tree):
    client.force_login(editor)
    return client


def upload(data=None, name="rapport.pdf"):
    return SimpleUploadedFile(name, pdfs.report() if data is None else data, "application/pdf")


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_page_and_its_menu_item(desk):
    response = desk.get(ADD)

    assert response.status_code == 200
    assert 'enctype="multipart/form-data"' in response.content.decode()
    assert ADD in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_several_files_at_once_without_a_script(desk):
    files = [upload(name="een.pdf"), upload(b"<html>", "pagina.pdf"), upload(name="weer.pdf")]
    response = desk.post(ADD, {"pdfs": files})

    assert (response.status_code, response.url) == (302, ADD)
    assert SourceFile.objects.get().wants_draft
    failed, duplicate, added = texts(response)
    assert failed.startswith("pagina.pdf: ")
    assert duplicate.startswith("weer.pdf: ")
    assert added[0] == "1"


def test_a_script_gets_json(desk):
    response = desk.post(ADD, {"pdfs": [upload()]}, headers={"accept": "application/json"})
    (answer,) = json.loads(response.content)["files"]

    assert (answer["status"], answer["filename"]) == ("created", "rapport.pdf")
    assert answer["sentence"]


def test_nothing_chosen(desk):
    assert desk.post(ADD).status_code == 200
    assert desk.post(ADD, headers={"accept": "application/json"}).status_code == 400


def test_an_empty_file_has_its_own_sentence(desk):
    response = desk.post(ADD, {"pdfs": [upload(b"", "leeg.pdf")]})
    assert texts(response)[0].startswith("leeg.pdf: ")


def test_a_duplicate_points_to_its_study(desk, site_tree):
    source = make_source()
    page = make_research(site_tree.library, "Bestaand", source=source)
    data = source.document.file.open().read()
    response = desk.post(ADD, {"pdfs": [upload(data)]})

    (message,) = texts(response)
    assert "Bestaand" in message
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in message


def test_a_title_cannot_bring_markup_into_a_message(desk, site_tree):
    source = make_source()
    make_research(site_tree.library, "<script>x</script>", source=source)
    response = desk.post(ADD, {"pdfs": [upload(source.document.file.open().read())]})
    assert "<script>" not in texts(response)[0]


@pytest.mark.parametrize("state", SourceState.values)
def test_every_state_says_what_to_do(desk, state):
    source = make_source()
    SourceFile.objects.update(state=state, page_count=0)
    html = desk.get(ADD, {"part": "rows"}).content.decode()

    assert "<html" not in html
    assert ("again/" in html) == (state not in ("waiting", "reading", "ready"))
    assert ('data-busy="true"' in html) == (state in ("waiting", "reading"))
    assert source.document.title in html


def test_all_states_have_advice():
    assert set(ADVICE) == set(SourceState)


def test_progress_is_shown(desk):
    make_source()
    SourceFile.objects.update(state="reading", pages_done=3, page_count=12)
    html = desk.get(ADD, {"part": "rows"}).content.decode()
    assert '<progress value="3" max="12">' in html


def test_the_list_takes_few_queries(desk, site_tree, django_assert_max_num_queries):
    for number in range(12):
        source = make_source(f"Rapport {number}")
        make_research(site_tree.library, f"Studie {number}", source=source)
    desk.get(ADD)
    with django_assert_max_num_queries(14):
        desk.get(ADD, {"part": "rows"})


def test_try_again_reads_the_file_again(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(ADD, {"pdfs": [upload()]})
    SourceFile.objects.update(state=SourceState.TOO_LARGE)
    source = SourceFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(reverse("kenniskamer_admin:try_again", args=[source.pk]))

    assert response.status_code == 302
    assert SourceFile.objects.get().state == SourceState.READY


def test_a_file_is_removed_only_when_no_study_has_it(desk, site_tree):
    lonely = make_source("Los")
    used = make_source("Gebruikt")
    make_research(site_tree.library, source=used)
    for source in (lonely, used):
        desk.post(reverse("kenniskamer_admin:remove", args=[source.pk]))

    assert list(HubDocument.objects.all()) == [used.document]


@pytest.mark.parametrize("name", ["try_again", "remove"])
def test_reading_an_address_changes_nothing(desk, name):
    source = make_source()
    assert desk.get(reverse(f"kenniskamer_admin:{name}", args=[source.pk])).status_code == 405


class TestWho:
    """Others than editors of the library are kept out."""

    @pytest.fixture
    def outsider(self, client, site_tree, django_user_model):
        user = django_user_model.objects.create_user("gast", "gast@example.org", "geheim-genoeg")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        return client

    def test_the_desk_is_closed(self, outsider, site_tree):
        source = make_source()
        page = make_research(site_tree.library, source=source, live=False)
        addresses = [
            ("get", ADD),
            ("post", ADD),
            ("post", reverse("kenniskamer_admin:try_again", args=[source.pk])),
            ("post", reverse("kenniskamer_admin:remove", args=[source.pk])),
            ("post", reverse("kenniskamer_admin:suggestions", args=[page.pk])),
            ("post", reverse("source_file_chooser:create")),
        ]
        for method, address in addresses:
            # The CMS sends who may not enter back to its front door.
            response = getattr(outsider, method)(address)
            assert response.status_code in (302, 403), address
        assert SourceFile.objects.count() == 1

    def test_no_menu_item(self, outsider):
        assert ADD not in outsider.get(reverse("wagtailadmin_home")).content.decode()

    def test_anonymous_visitors_go_to_the_login(self, client, site_tree):
        assert "/login/" in client.get(ADD).url


class TestSuggestions:
    """Taking over what a file says: one field at a time, into the draft."""

    @pytest.fixture
    def page(self, site_tree):
        source = make_source(pages=("tekst",))
        common = {"page": 2, "source": "line", "certainty": "low", "reason": ""}
        source.suggestions = [
            {**common, "field": "title", "value": "Betere titel", "context": "<b>regel</b>"},
            {**common, "field": "doi", "value": "10.1234/abc", "context": "DOI 10.1234/abc"},
            {**common, "field": "doi", "value": "geen doi", "context": ""},
            {**common, "field": "published_year", "value": "2019", "context": "© 2019"},
            {
                **common,
                "field": "title",
                "value": "rapport.indd",
                "certainty": "rejected",
                "reason": "file_name",
                "page": 0,
                "context": "",
            },
        ]
        source.save()
        return make_research(site_tree.library, source=source, published_year=None)

    @pytest.mark.parametrize(
        ("target", "value", "kept"),
        [
            ("title", "Betere titel", "Betere titel"),
            ("original_title", "Betere titel", "Betere titel"),
            ("doi", "10.1234/abc", "10.1234/abc"),
            ("published_year", "2019", 2019),
        ],
    )
    def test_one_goes_into_the_draft_and_not_into_the_live_page(
        self, desk, page, target, value, kept
    ):
        before = getattr(page, target)
        response = desk.post(
            reverse("kenniskamer_admin:suggestions", args=[page.pk]),
            {"target": target, "value": value},
        )

        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        live = ResearchPage.objects.get(pk=page.pk)
        assert getattr(live, target) == before
        assert getattr(live.get_latest_revision_as_object(), target) == kept

    @pytest.mark.parametrize(
        ("target", "value"),
        [("title", "Iets anders"), ("live", "True"), ("doi", "Betere titel"), ("", "")],
    )
    def test_what_was_not_offered_is_refused(self, desk, page, target, value):
        response = desk.post(
            reverse("kenniskamer_admin:suggestions", args=[page.pk]),
            {"target": target, "value": value},
        )
        assert response.status_code == 400

    def test_all_goes_into_empty_fields_only(self, desk, site_tree):
        source = make_source(pages=("draagvlak en steun " * 40,) * 3)
        common = {"page": 1, "source": "line", "certainty": "medium", "reason": "", "context": ""}
        source.suggestions = [
            {**common, "field": "title", "value": "Andere titel"},
            {**common, "field": "published_year", "value": "2019"},
            {**common, "field": "authors", "value": "van der Berg, Anna; Smit, P."},
            {**common, "field": "doi", "value": "geen doi"},
            {**common, "field": "isbn", "value": "9789012345675"},
            {**common, "field": "licence", "value": "CC BY 4.0"},
            {**common, "field": "study_kind", "value": "thesis"},
            {**common, "field": "publisher", "value": "Geciteerd", "reason": "cited"},
        ]
        source.save()
        page = make_research(site_tree.library, "Eigen titel", source=source, live=False)
        address = reverse("kenniskamer_admin:suggestions", args=[page.pk])
        response = desk.post(address, {"target": "all"})
        page.refresh_from_db()
        draft = page.get_latest_revision_as_object()

        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert (draft.title, draft.published_year, draft.publisher) == ("Eigen titel", 2020, "")
        assert [author.full_name for author in draft.authors.all()] == ["A. Jansen"]
        assert (draft.doi, draft.isbn, draft.licence) == ("", "9789012345675", "CC-BY-4.0")
        assert (draft.study_kind, draft.original_language) == ("thesis", "nl")
        assert [row.theme for row in draft.page_themes.all()] == [site_tree.theme]

    @pytest.mark.parametrize(
        ("field", "value", "kept"),
        [
            ("subtitle", "In drie wijken", "Draagvlak voor opvang: In drie wijken"),
            ("authors", "van der Berg, Anna", ["A. Jansen", "Anna van der Berg"]),
        ],
    )
    def test_what_is_added_keeps_what_stood_there(self, desk, page, field, value, kept):
        source = SourceFile.objects.get()
        source.suggestions = [
            {"field": field, "value": value, "page": 1, "source": "line", "certainty": "low",
             "reason": "", "context": ""}
        ]  # fmt: skip
        source.save()
        address = reverse("kenniskamer_admin:suggestions", args=[page.pk])
        for _ in range(2):
            desk.post(address, {"target": field, "value": value})
        page.refresh_from_db()
        draft = page.get_latest_revision_as_object()
        found = draft.title if field == "subtitle" else [a.full_name for a in draft.authors.all()]

        assert found == kept

    def test_a_value_that_does_not_fit_gives_a_sentence(self, desk, page):
        response = desk.post(
            reverse("kenniskamer_admin:suggestions", args=[page.pk]),
            {"target": "doi", "value": "geen doi"},
        )
        assert response.status_code == 302
        assert page.get_latest_revision_as_object().doi == ""

    def test_the_page_shows_source_and_place(self, desk, page):
        html = desk.get(reverse("kenniskamer_admin:suggestions", args=[page.pk])).content.decode()

        assert "&lt;b&gt;regel&lt;/b&gt;" in html
        assert "#page=2" in html
        assert 'value="rapport.indd"' not in html

    def test_the_editor_shows_them_beside_the_form(self, desk, page):
        html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

        assert 'data-fills="doi"' in html
        assert "js/admin-suggestions.js" in html

    def test_a_study_without_a_file_has_no_panel(self, desk, site_tree):
        other = make_research(site_tree.library, "Zonder bestand")
        html = desk.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).content.decode()
        assert "data-fills" not in html


class TestChooser:
    """A second file for a study that exists: no draft of its own."""

    def test_a_pdf_can_be_added_in_the_chooser(self, desk, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(reverse("source_file_chooser:create"), {"file": upload()})

        assert json.loads(response.content)["step"] == "chosen"
        assert SourceFile.objects.get().state == SourceState.READY
        assert not ResearchPage.objects.exists()

    def test_what_is_no_pdf_is_refused(self, desk):
        address = reverse("source_file_chooser:create")
        response = desk.post(address, {"file": upload(b"<html></html>")})

        assert json.loads(response.content)["step"] == "reshow_creation_form"
        assert not SourceFile.objects.exists()

    def test_it_lists_what_is_there(self, desk):
        make_source("Aanwezig rapport")
        html = desk.get(reverse("source_file_chooser:choose")).json()["html"]
        assert "Aanwezig rapport" in html


def test_a_draft_from_the_desk_opens_filled_in(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(ADD, {"pdfs": [upload(name="onbekend.pdf")]})
    page = ResearchPage.objects.get()
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert reading.SourceFile.objects.get().state == SourceState.READY
    assert 'value="Draagvlak in de wijk"' in html
    assert "data-fills" in html


def test_a_document_in_use_is_not_deleted_by_accident(
    desk, site_tree, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        source = make_source()
        make_research(site_tree.library, source=source)
    response = desk.post(reverse("wagtaildocs:delete", args=[source.document_id]))

    assert response.status_code < 500
    assert HubDocument.objects.filter(pk=source.document_id).exists()
