"""Studies that are one work: found, shown beside each other, merged or kept apart."""

from __future__ import annotations

import datetime as dt

from django.contrib.messages import get_messages
from django.urls import reverse

from wagtail.contrib.redirects.models import Redirect

import pytest

from core.models import Theme
from kenniskamer import entries
from kenniskamer.models import (
    DeskEntry,
    Lookalike,
    MergedWork,
    RelatedResearch,
    ResearchAuthor,
    ResearchPage,
    ResearchSource,
)
from kenniskamer.permanent import permanent_path
from tests.conftest import published
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
DOI = "10.1234/abc"


@pytest.fixture
def desk(client, editor, site_tree):
    client.force_login(editor)
    return client


@pytest.fixture
def twins(site_tree):
    """Two published studies with one DOI."""
    one = make_research(
        site_tree.library, "Eerste", doi=DOI, theme=site_tree.theme, source=make_source("Een", ("tekst",)),
        published_year=2019,
    )  # fmt: skip
    two = make_research(
        site_tree.library, "Tweede", doi=DOI.upper(), source=make_source("Twee", ("tekst",)), publisher="SCP",
        published_year=2020,
    )  # fmt: skip
    return one, two


def pair():
    return Lookalike.objects.get()


def address(found=None):
    return reverse("kenniskamer_admin:compare", args=[(found or pair()).pk])


def signs():
    return {
        (row.older.title, row.newer.title): row.signs
        for row in Lookalike.objects.filter(kept_apart=False)
    }


class TestFound:
    """Which studies look like one another."""

    @pytest.mark.parametrize(
        ("one", "two", "sign"),
        [
            ({"doi": DOI}, {"doi": DOI}, "doi"),
            ({"isbn": "9789012345675"}, {"isbn": "9789012345675"}, "isbn"),
            ({"title": "Draagvlak, élan!"}, {"title": "draagvlak elan"}, "work"),
        ],
    )
    def test_by_a_key(self, site_tree, one, two, sign):
        titles = []
        for values in (one, two):
            values = {"title": f"Titel {len(titles)}", **values}
            titles.append(values["title"])
            make_research(site_tree.library, values.pop("title"), live=False, **values)
        assert signs() == {tuple(titles): [sign]}

    def test_by_file(self, site_tree):
        source = make_source()
        make_research(site_tree.library, "Een", source=source)
        make_research(site_tree.library, "Twee", source=source)
        assert signs() == {("Een", "Twee"): ["file"]}

    def test_by_what_the_file_of_a_draft_says(self, site_tree):
        make_research(site_tree.library, "Bekend", doi=DOI)
        source = make_source()
        source.suggestions = [
            {"field": "doi", "value": DOI, "certainty": "medium", "reason": "", "page": 1,
             "source": "line", "context": ""}
        ]  # fmt: skip
        source.save()
        make_research(site_tree.library, "Nieuw", source=source, live=False)
        assert signs() == {("Bekend", "Nieuw"): ["doi"]}

    def test_a_doubtful_suggestion_is_no_key(self, site_tree):
        make_research(site_tree.library, "Bekend", doi=DOI)
        source = make_source()
        source.suggestions = [
            {"field": "doi", "value": DOI, "certainty": "medium", "reason": "cited", "page": 1,
             "source": "line", "context": ""}
        ]  # fmt: skip
        source.save()
        make_research(site_tree.library, "Nieuw", source=source, live=False)
        assert signs() == {}

    def test_a_translation_is_no_duplicate(self, site_tree):
        page = make_research(site_tree.library, "Een", doi=DOI)
        published(page.copy_for_translation(site_tree.en, copy_parents=False))
        assert signs() == {}

    def test_a_pair_goes_when_the_draft_says_otherwise(self, site_tree, twins):
        draft = twins[1].get_latest_revision_as_object()
        draft.doi = "10.1234/anders"
        draft.save_revision()
        assert signs() == {}

    def test_the_newer_one_waits_and_its_step_is_to_compare(self, desk, twins):
        waiting = {e.title: e.waiting for e in DeskEntry.objects.open(TODAY)}
        html = desk.get(reverse("kenniskamer_admin:worklist")).content.decode()
        assert waiting == {"Tweede": "duplicate"}
        assert address() in html


class TestBesideEachOther:
    """The page that shows two studies."""

    def test_differences_are_said_and_not_only_coloured(self, desk, twins):
        response = desk.get(address())
        rows = {row.name: row for row in response.context["rows"]}
        assert rows["title"].differs
        assert not rows["doi"].differs
        assert rows["publisher"].choice == "newer"
        assert rows["published_year"].choice == "older"
        html = response.content.decode()
        assert 'name="field-title"' in html
        assert 'name="field-doi"' not in html

    def test_keeping_both_is_remembered(self, desk, twins, editor):
        desk.post(address(), {"decision": "keep"})
        assert pair().kept_apart
        assert pair().decided_by == editor
        for page in ResearchPage.objects.all():
            entries.refresh_page(page)
        assert signs() == {}
        assert not DeskEntry.objects.open(TODAY)

    def test_reading_changes_nothing(self, desk, twins):
        desk.get(address(), {"decision": "keep"})
        assert not pair().kept_apart

    def test_outsiders_are_kept_out(self, client, twins, django_user_model):
        user = django_user_model.objects.create_user("gast", "gast@example.org", "geheim-genoeg")
        client.force_login(user)
        for response in (client.get(address()), client.post(address(), {"decision": "merge"})):
            assert response.status_code in (302, 403)
        assert ResearchPage.objects.live().count() == 2


class TestMerged:
    """What becomes of two published studies."""

    @pytest.fixture
    def merged(self, desk, twins, site_tree):
        third = make_research(site_tree.library, "Derde")
        third.related_research.add(RelatedResearch(research=twins[1]))
        third.save()
        Redirect.objects.create(old_path="/nl/oud", redirect_page=twins[1])
        response = desk.post(
            address(),
            {"decision": "merge", "stays": "older", "field-publisher": "newer",
             "field-title": "older", "field-published_year": "newer"},
        )  # fmt: skip
        assert response.status_code == 302, [str(m) for m in get_messages(response.wsgi_request)]
        return [ResearchPage.objects.get(pk=page.pk) for page in twins]

    def test_fields_are_those_chosen(self, merged):
        page, _ = merged
        assert (page.title, page.publisher, page.published_year) == ("Eerste", "SCP", 2020)
        assert page.live

    def test_files_themes_and_relations_are_kept(self, merged, site_tree):
        page, _ = merged
        titles = {
            row.source_file.document.title for row in ResearchSource.objects.filter(page=page)
        }
        assert titles == {"Een", "Twee"}
        assert [row.theme for row in page.page_themes.all()] == [site_tree.theme]
        assert RelatedResearch.objects.get().research == page

    def test_the_address_leads_on_for_ever(self, merged, client):
        page, gone = merged
        client.logout()
        response = client.get(gone.url)
        assert (response.status_code, response.url) == (301, page.url)
        assert client.get("/nl/oud/").url == page.url

    def test_the_permanent_address_leads_on(self, merged, client):
        page, gone = merged
        response = client.get(permanent_path(gone.translation_key))
        assert (response.status_code, response.url) == (301, permanent_path(page.translation_key))

    def test_nothing_waits_any_more(self, merged):
        assert not DeskEntry.objects.open(TODAY)
        assert not Lookalike.objects.exists()

    def test_a_second_merge_moves_all_addresses(self, merged, desk, site_tree):
        page, gone = merged
        last = make_research(site_tree.library, "Vierde", doi=DOI)
        desk.post(address(), {"decision": "merge", "stays": "newer"})

        desk.logout()
        assert desk.get(gone.url).url == last.url
        assert desk.get(page.url).url == last.url
        assert {row.into for row in MergedWork.objects.all()} == {last.translation_key}

    def test_published_again_it_is_a_work_of_its_own(self, merged):
        _, gone = merged
        gone.get_latest_revision().publish()
        assert not MergedWork.objects.exists()
        assert Lookalike.objects.count() == 1


def test_both_languages_lead_on(desk, twins, site_tree):
    english = [
        published(page.copy_for_translation(site_tree.en, copy_parents=False)) for page in twins
    ]
    desk.post(address(), {"decision": "merge", "stays": "older"})
    desk.logout()

    response = desk.get(english[1].url)
    assert (response.status_code, response.url) == (301, english[0].url)


def test_a_translation_the_other_lacks_goes_over(desk, twins, site_tree):
    english = published(twins[1].copy_for_translation(site_tree.en, copy_parents=False))
    desk.post(address(), {"decision": "merge", "stays": "older"})
    english.refresh_from_db()

    assert english.live
    assert english.translation_key == twins[0].translation_key
    assert desk.get(english.url).status_code == 200


def test_a_draft_goes_into_the_published_one_and_is_deleted(desk, site_tree):
    draft = make_research(site_tree.library, "Concept", doi=DOI, source=make_source(), live=False)
    online = make_research(site_tree.library, "Online", doi=DOI)
    html = desk.get(address()).content.decode()
    desk.post(address(), {"decision": "merge", "stays": "older", "field-title": "older"})

    assert 'name="stays"' not in html
    assert not ResearchPage.objects.filter(pk=draft.pk).exists()
    online.refresh_from_db()
    assert online.title == "Concept"
    assert online.sources.count() == 1
    assert not MergedWork.objects.exists()


def test_authors_come_along(desk, twins):
    draft = twins[1].get_latest_revision_as_object()
    draft.authors.set([ResearchAuthor(family_name="de Vries")])
    draft.save_revision()
    desk.post(address(), {"decision": "merge", "stays": "older", "field-authors": "newer"})
    assert ResearchPage.objects.get(pk=twins[0].pk).authors.get().family_name == "de Vries"


def test_what_does_not_fit_changes_nothing(desk, twins):
    draft = twins[1].get_latest_revision_as_object()
    draft.published_on = dt.date(2001, 1, 1)
    draft.save_revision(clean=False)
    response = desk.post(
        address(), {"decision": "merge", "stays": "older", "field-published_on": "newer"}
    )

    assert response.url == address()
    assert [str(message) for message in get_messages(response.wsgi_request)]
    assert ResearchPage.objects.live().count() == 2
    assert pair()


def test_a_pair_that_is_gone(desk, twins):
    gone = address()
    Theme.objects.all().delete()
    Lookalike.objects.all().delete()
    assert desk.get(gone).status_code == 404
