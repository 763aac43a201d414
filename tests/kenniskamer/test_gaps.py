"""What others would miss of a study, and where to mend it."""

from django.urls import reverse

from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.test.utils.form_data import querydict_from_html

import pytest

from kenniskamer.enums import SourceState
from kenniskamer.gaps import SCHOLAR_BYTES, gaps_of
from kenniskamer.models import ResearchPage
from tests.research import make_research, make_source


@pytest.fixture
def study(site_tree):
    """A study that lacks nothing."""
    source = make_source("Rapport", ("Bladzijde een.",))
    source.tagged = True
    source.save()
    return make_research(
        site_tree.library, theme=site_tree.theme, source=source, original_language="nl"
    )


def codes(page):
    return [gap.code for gap in gaps_of(ResearchPage.objects.get(pk=page.pk))]


def test_a_whole_study_has_none(study):
    assert codes(study) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"published_year": None}, ["published_year"]),
        ({"original_language": ""}, ["original_language"]),
        ({"lead": " "}, ["lead"]),
        ({"lead": "", "findings": "<p></p>"}, ["summary"]),
    ],
)
def test_fields(study, changes, expected):
    ResearchPage.objects.filter(pk=study.pk).update(**changes)
    assert codes(study) == expected


def test_what_belongs_to_it(study):
    study.authors.all().delete()
    study.page_themes.all().delete()
    study.sources.all().delete()
    assert codes(study) == ["themes", "original", "authors"]
    ResearchPage.objects.filter(pk=study.pk).update(doi="10.1234/abc")
    assert codes(study) == ["themes", "authors"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tagged": False}, ["file_untagged"]),
        ({"state": SourceState.NO_TEXT, "tagged": False}, ["file_scan"]),
        ({"state": SourceState.BROKEN, "page_count": 0}, ["file_unread"]),
        ({"state": SourceState.WAITING, "tagged": False}, []),
    ],
)
def test_files(study, changes, expected):
    source = study.sources.get().source_file
    for name, value in changes.items():
        setattr(source, name, value)
    source.save()
    assert codes(study) == expected


def test_a_file_that_is_gone_private_or_large(study):
    document = study.sources.get().source_file.document
    type(document).objects.filter(pk=document.pk).update(file_size=SCHOLAR_BYTES + 1)
    assert codes(study) == ["file_large"]
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    assert codes(study) == ["file_private", "file_large"]
    document.file.storage.delete(document.file.name)
    assert codes(study) == ["file_missing"]


def test_a_page_behind_a_login(study, site_tree):
    PageViewRestriction.objects.create(page=site_tree.library, restriction_type="login")
    assert codes(study) == ["private"]


def test_the_form_lists_them_and_every_link_leads_to_a_field(client, editor, site_tree):
    bare = make_research(site_tree.library, lead="", findings="", published_year=None)
    bare.authors.all().delete()
    bare.save_revision()
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[bare.pk])).content.decode()
    gaps = gaps_of(bare)
    assert len(gaps) >= 5
    for gap in gaps:
        assert f'data-gap="{gap.code}"' in html
        assert f'id="{gap.url.removeprefix("#")}"' in html, gap.url


def test_publishing_warns_and_is_not_held_up(client, editor, site_tree):
    bare = make_research(site_tree.library, live=False, published_year=None)
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    values = querydict_from_html(client.get(edit).content.decode(), form_id="page-edit-form")
    response = client.post(edit, {**values.dict(), "action-publish": "1"}, follow=True)
    assert ResearchPage.objects.get(pk=bare.pk).live
    assert "anderen missen" in response.content.decode()
