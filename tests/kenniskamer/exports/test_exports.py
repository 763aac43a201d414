"""References go out: of a study, the library, a search and a selection."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.urls import reverse

import pytest

from kenniskamer.bibliography.formats import EXPORTS, read
from kenniskamer.bibliography.study import record_of
from kenniskamer.models import ResearchPage
from search.engines.base import SearchUnavailable
from search.indexing import rebuild
from tests.kenniskamer.bibliography.records import complete
from tests.kenniskamer.bibliography.test_study import filled
from tests.research import make_research

pytestmark = pytest.mark.django_db

TYPES = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv",
}


@pytest.fixture
def study(site_tree: Any) -> ResearchPage:
    page = filled(complete())
    page.slug, page.locale = "draagvlak", site_tree.nl
    site_tree.library.add_child(instance=page)
    page.save_revision().publish()
    return ResearchPage.objects.get(pk=page.pk)


def titles(response: Any) -> list[str]:
    return [one.record.title for one in read(response.content) if one.record]


@pytest.mark.parametrize("extension", EXPORTS)
def test_a_study_at_its_permanent_address(client: Any, study: ResearchPage, extension: str) -> None:
    url = reverse("export_study", args=[study.translation_key, extension])
    assert url == f"/id/{study.translation_key}.{extension}"
    response = client.get(url)
    assert response["Content-Type"] == f"{TYPES[extension]}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="draagvlak.{extension}"'
    if extension != "csv":
        (found,) = read(response.content)
        assert found.record == record_of(study) == complete()


def test_the_page_of_a_study_links_to_its_references(client: Any, study: ResearchPage) -> None:
    text = client.get(study.url).content.decode()
    for extension in ("ris", "bib", "json"):
        assert f'href="/id/{study.translation_key}.{extension}"' in text
    assert "Handboek migratie, 3 (2), p. 12-34" in text


def test_a_study_that_is_not_public(client: Any, site_tree: Any, study: ResearchPage) -> None:
    draft = make_research(site_tree.library, "Geheim", live=False)
    assert client.get(f"/id/{draft.translation_key}.ris").status_code == 404
    study.unpublish()
    assert client.get(f"/id/{study.translation_key}.ris").status_code == 410


def test_the_library_with_its_filters(client: Any, site_tree: Any) -> None:
    make_research(site_tree.library, "Oud", published_year=2001)
    make_research(site_tree.library, "Nieuw", published_year=2021, study_kind="article")
    make_research(site_tree.library, "Concept", live=False)
    for extension in ("ris", "bib", "json"):
        response = client.get(f"/nl/verwijzingen/onderzoek.{extension}")
        assert titles(response) == ["Nieuw", "Oud"]
    assert titles(client.get("/nl/verwijzingen/onderzoek.ris?year=2001&page=9")) == ["Oud"]
    assert titles(client.get("/nl/verwijzingen/onderzoek.ris?kind=thesis")) == []
    listed = client.get("/nl/onderzoek/?year=2001&page=1").content.decode()
    assert "/nl/verwijzingen/onderzoek.csv?year=2001" in listed
    rows = list(csv.DictReader(io.StringIO(client.get("/nl/verwijzingen/onderzoek.csv")
                                           .content.decode("utf-8-sig"))))  # fmt: skip
    assert [row["title"] for row in rows] == ["Nieuw", "Oud"]
    assert client.get("/en/references/onderzoek.ris").status_code == 200


def test_the_library_takes_the_same_queries_for_few_and_many(
    client: Any, site_tree: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_research(site_tree.library, f"Studie {number}")
    with django_assert_max_num_queries(10):
        assert len(titles(client.get("/nl/verwijzingen/onderzoek.ris"))) == 12


def test_what_a_search_finds(client: Any, site_tree: Any) -> None:
    for number in range(12):
        make_research(site_tree.library, f"Polarisatie {number}")
    make_research(site_tree.library, "Iets anders", lead="Over wat anders.")
    rebuild()
    page = client.get("/nl/zoeken/?q=polarisatie").content.decode()
    assert "/nl/verwijzingen/gevonden.ris?q=polarisatie" in page
    found = titles(client.get("/nl/verwijzingen/gevonden.ris?q=polarisatie&page=2"))
    assert len(found) == 12 and "Iets anders" not in found
    assert titles(client.get("/nl/verwijzingen/gevonden.bib?q=polarisatie&kind=answer")) == []
    assert titles(client.get("/nl/verwijzingen/gevonden.json")) == []


def test_a_search_that_cannot_be_answered(client: Any, site_tree: Any, monkeypatch: Any) -> None:
    def fail(*_arguments: Any, **_values: Any) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("kenniskamer.exports.views.answer", fail)
    response = client.get("/nl/verwijzingen/gevonden.ris?q=x")
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_selection_in_the_cms(client: Any, editor: Any, site_tree: Any) -> None:
    client.force_login(editor)
    first = make_research(site_tree.library, "Eerste")
    second = make_research(site_tree.library, "Tweede", live=False)
    make_research(site_tree.library, "Derde")
    url = (
        "/admin/bulk/wagtailcore/page/export_references/"
        f"?id={first.pk}&id={second.pk}&id={site_tree.faq.pk}&next=/admin/pages/"
    )
    choice = client.get(url).content.decode()
    assert "Tweede" in choice and site_tree.faq.title in choice
    response = client.post(url, {"extension": "bib"})
    assert titles(response) == ["Eerste", "Tweede"]
    assert response["Content-Type"].startswith("application/x-bibtex")
    assert client.post(url, {"extension": "exe"}).status_code == 200
    only_faq = f"/admin/bulk/wagtailcore/page/export_references/?id={site_tree.faq.pk}&next=/admin/"
    assert client.get(only_faq).status_code == 200


def test_addresses_that_do_not_exist(client: Any, site_tree: Any, study: ResearchPage) -> None:
    assert client.get(f"/id/{study.translation_key}.exe").status_code == 404
    assert client.post(f"/id/{study.translation_key}.ris").status_code == 405
