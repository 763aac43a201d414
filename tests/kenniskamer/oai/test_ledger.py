"""The ledger follows what a visitor may see, through everything that can happen to a study."""

import datetime as dt

from django.core.cache import cache
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from core import recovery
from core.models import PageTheme
from kenniskamer.models import HarvestRecord, ResearchPage
from kenniskamer.oai.following import compare_each_minute
from kenniskamer.oai.ledger import reconcile, refresh
from tests.conftest import published
from tests.kenniskamer.oai.harvester import Harvester
from tests.research import make_research

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def study(site_tree):
    """A study whose row was written long ago."""
    page = make_research(site_tree.library, theme=site_tree.theme)
    HarvestRecord.objects.update(changed_at=LONG_AGO)
    return page


def row():
    return HarvestRecord.objects.get()


def state():
    """What the only row says, and whether it says so now or since long ago."""
    record = row()
    return ("gone" if record.is_deleted else "public"), record.changed_at > LONG_AGO


def test_a_draft_is_not_known(site_tree):
    make_research(site_tree.library, live=False)
    assert not HarvestRecord.objects.exists()


def test_a_publication_is_written_in_whole_seconds(study):
    study.title = "Anders"
    study.save_revision().publish()
    assert state() == ("public", True)
    assert row().changed_at.microsecond == 0
    assert row().key == study.translation_key
    assert row().sets == ["draagvlak"]


def test_a_new_draft_of_a_public_study_changes_nothing(study):
    study.title = "Nog niet"
    study.save_revision()
    assert state() == ("public", False)


def test_withdrawn_deleted_and_back(study):
    study.unpublish()
    assert state() == ("gone", True)
    assert row().sets == ["draagvlak"]
    study.save_revision().publish()
    assert state() == ("public", True)
    HarvestRecord.objects.update(changed_at=LONG_AGO)
    Page.objects.get(pk=study.pk).delete()
    assert state() == ("gone", True)


def test_deleting_the_library_takes_its_studies_along(study, site_tree):
    Page.objects.get(pk=site_tree.library.pk).delete()
    assert state() == ("gone", True)


def test_a_translation_is_the_same_work(study, site_tree):
    english = published(study.copy_for_translation(site_tree.en))
    assert state() == ("public", True)
    HarvestRecord.objects.update(changed_at=LONG_AGO)
    study.unpublish()
    assert state() == ("public", True)
    english.unpublish()
    assert state() == ("gone", True)


def test_a_restriction_hides_and_lifting_it_shows(study, site_tree):
    restriction = PageViewRestriction.objects.create(
        page=site_tree.library, restriction_type=PageViewRestriction.LOGIN
    )
    assert state() == ("gone", True)
    HarvestRecord.objects.update(changed_at=LONG_AGO)
    restriction.delete()
    assert state() == ("public", True)


def test_a_moved_library_gives_its_studies_another_address(
    study, site_tree, django_capture_on_commit_callbacks
):
    site_tree.library.slug = "elders"
    with django_capture_on_commit_callbacks(execute=True):
        site_tree.library.save_revision().publish()
    assert state() == ("public", True)


def test_a_renamed_theme_stands_in_its_studies(study, site_tree):
    site_tree.theme.slug = "steun"
    site_tree.theme.save()
    assert row().sets == ["steun"]
    assert state() == ("public", True)


def test_a_deleted_record_tells_its_harvester(client, study):
    harvester = Harvester(client)
    assert [status for _id, status in harvester.harvest()] == [""]
    study.unpublish()
    for verb in ("ListIdentifiers", "ListRecords"):
        assert [status for _id, status in harvester.harvest(verb)] == ["deleted"]
    identifier = harvester.texts("oai:identifier", verb="ListIdentifiers", metadataPrefix="oai_dc")
    answer = harvester.ask(verb="GetRecord", identifier=identifier[0], metadataPrefix="oai_dc")
    assert answer.find(".//{*}header").get("status") == "deleted"
    assert answer.find(".//{*}metadata") is None


def test_only_what_changed_since_is_harvested(client, study, site_tree):
    make_research(site_tree.library, "Nieuwer")
    since = f"{timezone.now() - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
    harvester = Harvester(client)
    assert len(harvester.harvest()) == 2
    assert len(harvester.harvest(since=since)) == 1
    assert len(harvester.harvest(set="draagvlak")) == 1


def test_what_a_crash_left_out_is_found_again(study, site_tree):
    """A row that is missing, one of a study that is gone, and one that is behind."""
    HarvestRecord.objects.all().delete()
    reconcile()
    assert state() == ("public", True)
    ResearchPage.objects.update(live=False)
    reconcile()
    assert state() == ("gone", True)
    ResearchPage.objects.update(live=True)
    HarvestRecord.objects.update(changed_at=LONG_AGO)
    reconcile()
    assert state() == ("public", True)
    HarvestRecord.objects.update(is_deleted=False, changed_at=timezone.now())
    before = row().changed_at
    reconcile()
    assert row().changed_at == before


def test_the_worker_compares_once_a_minute(study):
    assert compare_each_minute in recovery._sweepers
    for _round in range(2):
        HarvestRecord.objects.all().delete()
        compare_each_minute()
    assert not HarvestRecord.objects.exists()
    cache.clear()
    compare_each_minute()
    assert state() == ("public", True)


def test_works_by_the_thousand_take_few_queries(site_tree, django_assert_max_num_queries):
    for number in range(6):
        make_research(site_tree.library, f"Studie {number}", theme=site_tree.theme)
    keys = list(ResearchPage.objects.values_list("translation_key", flat=True))
    with django_assert_max_num_queries(12):
        refresh(keys * 50)
    assert HarvestRecord.objects.count() == 6


def test_two_themes_and_a_page_with_a_theme_twice(study, site_tree):
    PageTheme.objects.create(page=study, theme=site_tree.theme)
    refresh([study.translation_key])
    assert row().sets == ["draagvlak"]
