"""The import of references in the CMS, with and without a script."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

from kenniskamer.models import ReferenceImport, ResearchPage
from kenniskamer.models.imports import ImportState
from kenniskamer.references import tasks, views
from tests.kenniskamer.references.test_import import RIS, handed_in

pytestmark = pytest.mark.django_db

REFERENCES = "/admin/kenniskamer/references/"


@pytest.fixture
def desk(client: Any, editor: Any, site_tree: Any) -> Any:
    client.force_login(editor)
    return client


def texts(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_from_pasting_to_drafts(desk: Any) -> None:
    assert REFERENCES in desk.get("/admin/").content.decode()
    assert desk.get(REFERENCES).status_code == 200
    response = desk.post(REFERENCES, {"pasted": RIS.decode()})
    batch = ReferenceImport.objects.get()
    assert response.url == f"{REFERENCES}{batch.pk}/"

    page = desk.get(response.url)
    assert "Een nieuw onderzoek" in page.content.decode()
    wanted = [row.pk for row in batch.rows.filter(wanted=True)]
    shown = [row.pk for row in batch.rows.all()]
    kept = desk.post(response.url, {"shown": shown, "wanted": wanted})
    assert (kept.status_code, kept.url) == (302, response.url)
    assert not ResearchPage.objects.exists()
    done = desk.post(response.url, {"shown": shown, "wanted": wanted, "import": "1"})
    assert texts(done)[-1].startswith("2")
    assert {page.title for page in ResearchPage.objects.all()} == {"Een nieuw onderzoek", "Al hier"}
    again = desk.post(response.url, {"shown": shown, "wanted": wanted, "import": "1"})
    assert len(texts(again)) > 0
    assert ResearchPage.objects.count() == 2


def test_several_files(desk: Any) -> None:
    files = [SimpleUploadedFile("a.ris", RIS), SimpleUploadedFile("b.bib", b"@book{a, title={x}}")]
    desk.post(REFERENCES, {"uploads": files, "pasted": "geen verwijzing"})
    batch = ReferenceImport.objects.get()
    assert [file.name for file in batch.files.all()][:2] == ["a.ris", "b.bib"]
    assert batch.rows.count() == 7


def test_nothing_and_too_much(desk: Any, monkeypatch: Any) -> None:
    assert desk.post(REFERENCES, {"pasted": "  "}).context["form"].errors
    monkeypatch.setattr("kenniskamer.references.forms.MOST_BYTES", 3)
    large = SimpleUploadedFile("groot.ris", RIS)
    response = desk.post(REFERENCES, {"uploads": [large], "pasted": "bewaard"})
    assert "groot.ris" in str(response.context["form"].errors)
    assert "bewaard" in response.content.decode()
    monkeypatch.setattr("kenniskamer.references.forms.MOST_FILES", 0)
    assert desk.post(REFERENCES, {"uploads": [large]}).context["form"].errors
    assert not ReferenceImport.objects.exists()


def test_much_is_read_and_imported_in_the_background(desk: Any, monkeypatch: Any) -> None:
    woken: list[int] = []
    monkeypatch.setattr(views.tasks, "wake", lambda batch: woken.append(batch.pk))
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(views, "AT_ONCE_ROWS", 0)
    url = desk.post(REFERENCES, {"pasted": RIS.decode()}).url
    batch = ReferenceImport.objects.get()
    assert 'data-busy="true"' in desk.get(f"{url}?part=rows").content.decode()
    tasks.work_on.func(batch.pk)
    desk.post(url, {"import": "1"})
    assert woken == [batch.pk, batch.pk]
    busy = desk.get(f"{url}?part=rows").content.decode()
    assert "<progress" in busy and "<html" not in busy and "checkbox" not in busy
    desk.post(url, {"import": "1"})
    assert woken == [batch.pk, batch.pk]
    tasks.work_on.func(batch.pk)
    assert 'data-busy="false"' in desk.get(url).content.decode()


def test_choosing_all_and_none(desk: Any) -> None:
    batch = handed_in()
    url = f"{REFERENCES}{batch.pk}/"
    desk.post(url, {"all": "1"})
    assert batch.rows.filter(wanted=True).count() == 3
    desk.post(url, {"none": "1"})
    assert batch.rows.filter(wanted=True).count() == 0
    response = desk.post(url, {"import": "1"})
    assert texts(response)
    assert ReferenceImport.objects.get().state == ImportState.READY


def test_narrowed_to_a_verdict(desk: Any) -> None:
    batch = handed_in()
    text = desk.get(f"{REFERENCES}{batch.pk}/?verdict=incomplete").content.decode()
    assert "Zonder jaar en auteur" in text and "Een nieuw onderzoek" not in text
    assert desk.get(f"{REFERENCES}{batch.pk}/?verdict=x&page=9").status_code == 200


def test_a_page_of_the_preview_costs_a_fixed_number_of_queries(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    batch = handed_in(RIS * 30)
    with django_assert_max_num_queries(40):
        assert desk.get(f"{REFERENCES}{batch.pk}/").status_code == 200


def test_the_form_of_a_study_shows_what_came_with_its_reference(desk: Any) -> None:
    content = (
        b'[{"title": "Met samenvatting", "abstract": "Van de <b>uitgever</b>", "keyword": "x"}]'
    )
    batch = handed_in(content)
    batch.rows.update(wanted=True)
    tasks.actions.begin(batch)
    tasks.actions.bring_in(batch)
    page = ResearchPage.objects.get()
    text = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Van de uitgever" in text
    page.reference = {}
    page.save_revision()
    text = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Van de uitgever" not in text


def test_an_import_that_was_given_up(desk: Any) -> None:
    batch = tasks.actions.hand_in([("a.ris", RIS)])
    ReferenceImport.objects.update(state=ImportState.DONE)
    assert 'role="alert"' in desk.get(f"{REFERENCES}{batch.pk}/").content.decode()


def test_script_in_a_title_is_text(desk: Any) -> None:
    content = b'[{"title": "<Script>alert(1)</Script><b>&lt;svg onload=alert(1)&gt;</b> x"}]'
    batch = handed_in(content)
    text = desk.get(f"{REFERENCES}{batch.pk}/").content.decode()
    assert "alert(1)" not in text


def test_only_for_who_may_add(client: Any, site_tree: Any, django_user_model: Any) -> None:
    batch = handed_in()
    assert client.get(REFERENCES).status_code == 302
    user = django_user_model.objects.create_user("lezer", "l@example.org", "geheim-genoeg")
    client.force_login(user)
    assert client.get(REFERENCES).status_code in (302, 403)
    assert client.post(f"{REFERENCES}{batch.pk}/", {"import": "1"}).status_code in (302, 403)
    assert not ResearchPage.objects.exists()
