"""Studies come back to be read again, and one click says that they still hold."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from wagtail.models import PageLogEntry

import pytest

from kenniskamer.models import ResearchPage
from kenniskamer.review import CHECKED, check, due
from tests.conftest import published
from tests.research import make_research

TODAY = dt.date(2026, 11, 22)
LONG_AGO = dt.date(2025, 11, 22)
RECENT = dt.date(2025, 11, 23)
DAY = dt.timedelta(days=1)


def at_noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.mark.parametrize(
    ("review_by", "checked", "first", "live", "is_due"),
    [
        (TODAY, None, RECENT, True, True),
        (TODAY + DAY, LONG_AGO, LONG_AGO, True, False),  # its own date decides
        (None, LONG_AGO, LONG_AGO, True, True),
        (None, RECENT, LONG_AGO, True, False),
        (None, None, LONG_AGO, True, True),
        (None, None, RECENT, True, False),
        (TODAY, LONG_AGO, LONG_AGO, False, False),
    ],
)
def test_when_a_study_is_due(site_tree, review_by, checked, first, live, is_due):
    study = make_research(site_tree.library, review_by=review_by, evidence_checked_on=checked)
    ResearchPage.objects.filter(pk=study.pk).update(first_published_at=at_noon(first), live=live)
    assert ResearchPage.objects.filter(due(TODAY)).exists() is is_due


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (30, True)])
def test_the_setting_says_how_long(site_tree, settings, days, is_due):
    settings.HUB_REVIEW_AFTER_DAYS = days
    make_research(site_tree.library, evidence_checked_on=TODAY - 40 * DAY)
    assert ResearchPage.objects.filter(due(TODAY)).exists() is is_due


def test_a_translation_is_due_with_its_original_and_checked_with_it(site_tree, editor):
    study = make_research(site_tree.library, review_by=TODAY)
    english = published(study.copy_for_translation(site_tree.en))
    assert list(ResearchPage.objects.filter(due(TODAY))) == [study]
    check(page=study, user=editor, on=TODAY)
    assert not ResearchPage.objects.filter(due(TODAY)).exists()
    english.refresh_from_db()
    assert (english.evidence_checked_on, english.review_by) == (TODAY, None)
    assert PageLogEntry.objects.filter(action=CHECKED).count() == 2


def test_an_open_draft_stays_a_draft_and_keeps_the_new_date(site_tree, editor):
    study = make_research(site_tree.library, review_by=TODAY)
    study.title = "Nieuwe titel in concept"
    study.save_revision()
    check(page=study, user=editor, on=TODAY)
    study = ResearchPage.objects.get(pk=study.pk)
    assert (study.title, study.evidence_checked_on) == ("Draagvlak voor opvang", TODAY)
    assert study.has_unpublished_changes
    draft = study.get_latest_revision_as_object()
    assert (draft.title, draft.evidence_checked_on) == ("Nieuwe titel in concept", TODAY)
    draft.save_revision().publish()
    assert ResearchPage.objects.get(pk=study.pk).review_by is None


def test_one_click_on_the_worklist(client, editor, site_tree):
    study = make_research(site_tree.library, review_by=timezone.localdate())
    client.force_login(editor)
    address = reverse("kenniskamer_admin:checked", args=[study.pk])
    html = client.get(reverse("kenniskamer_admin:worklist")).content.decode()
    assert f'action="{address}"' in html
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    html = client.get(reverse("kenniskamer_admin:worklist")).content.decode()
    assert f'action="{address}"' not in html
    client.logout()
    assert "nagekeken" in client.get(study.url).content.decode()


def test_only_publishers_say_so(client, site_tree, django_user_model):
    study = make_research(site_tree.library, review_by=timezone.localdate())
    client.force_login(django_user_model.objects.create_user("gast", "g@example.org", "geheim-1"))
    client.post(reverse("kenniskamer_admin:checked", args=[study.pk]))
    study.refresh_from_db()
    assert study.review_by
