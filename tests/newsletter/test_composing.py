"""A new edition holds what was announced since the last one: each work once, nothing twice."""

import datetime as dt

from django.utils import timezone

import pytest

from core.announcements import announce
from core.models import Announcement, AnnouncementKind
from newsletter.collecting import grouped, since, told_between
from newsletter.composing import add_latest, begin, left_out, put_back
from newsletter.models import Edition, EditionPage
from newsletter.reading import content_of
from newsletter.taking_over import take_over
from tests.conftest import published
from tests.newsletter.editions import as_sent, boss, make_edition, make_newsletters, write
from tests.podcasts.episodes import make_episode, make_podcast
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(site_tree):
    make_newsletters(site_tree)
    return site_tree


def page_of(edition, language="nl"):
    pages = EditionPage.objects.filter(edition=edition, locale__language_code=language)
    return pages.get().get_latest_revision_as_object()


def titles(edition, language="nl"):
    return [item.title for item in content_of(page_of(edition, language)).items]


def test_everything_announced_stands_in_it_under_its_heading(tree):
    make_research(tree.library, "Eerste")
    make_research(tree.library, "Tweede")
    content = content_of(page_of(begin(user=boss())))
    kinds = [type(part).__name__ for part in content.parts]
    assert kinds == ["Heading", "Item", "Item"]
    assert [item.title for item in content.items] == ["Eerste", "Tweede"]
    assert content.title.startswith("Nieuwsbrief ")


def test_there_is_a_page_in_every_language_with_the_news_in_it(tree):
    study = make_research(tree.library, "Studie")
    english = study.copy_for_translation(tree.en)
    english.title = "Study"
    published(english)
    make_research(tree.library, "Alleen Nederlands")
    edition = begin(user=boss())
    assert titles(edition, "nl") == ["Studie", "Alleen Nederlands"]
    assert titles(edition, "en") == ["Study", "Alleen Nederlands"]
    labels = [item.language_label for item in content_of(page_of(edition, "en")).items]
    assert labels == ["", "Dutch"]
    keys = set(EditionPage.objects.values_list("translation_key", flat=True))
    assert keys == {edition.translation_key}


def test_each_page_has_an_address_in_its_own_language(tree):
    edition = begin(user=boss(), at=dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC))
    assert page_of(edition, "nl").slug == "oktober-2026"
    assert page_of(edition, "en").slug == "october-2026"


def test_a_series_stands_with_its_episodes(tree):
    series = make_podcast(tree.home)
    make_episode(series)
    [(name, rows)] = grouped(told_between(since(), timezone.now()), "nl")
    assert (name, {one.kind for one in rows}) == ("Podcast", {"podcast", "episode"})


def test_the_next_edition_begins_where_this_one_ended(tree):
    make_research(tree.library, "Oud")
    first = as_sent(make_edition())
    assert since() == first.cutoff
    make_research(tree.library, "Nieuw")
    second = begin(user=boss())
    assert second.pk != first.pk
    assert titles(second) == ["Nieuw"]


def test_a_translation_that_follows_later_is_no_news(tree):
    study = make_research(tree.library, "Studie")
    as_sent(make_edition())
    published(study.copy_for_translation(tree.en))
    assert titles(begin(user=boss())) == []


def test_two_editors_begin_one_edition(tree):
    assert begin(user=boss()) == begin(user=boss())
    assert Edition.objects.count() == 1


def test_a_draft_that_was_deleted_leaves_nothing_behind(tree):
    make_research(tree.library, "Studie")
    edition = begin(user=boss())
    for page in EditionPage.objects.filter(edition=edition):
        page.delete()
    assert not Edition.objects.exists()
    assert titles(begin(user=boss())) == ["Studie"]


@pytest.mark.parametrize(
    ("kinds", "heading", "note"),
    [
        ((AnnouncementKind.CORRECTED,), "New research", ""),
        ((AnnouncementKind.WITHDRAWN,), "Corrected", "Fout."),
        ((AnnouncementKind.CORRECTED, AnnouncementKind.WITHDRAWN), "Corrected", "Fout."),
    ],
)
def test_new_and_mended_in_one_month(tree, kinds, heading, note):
    study = make_research(tree.library, "Studie")
    for kind in kinds:
        announce(page=study, kind=kind, note="Fout.")
    [told] = told_between(since(), timezone.now())
    assert told.note == note
    assert [name for name, _rows in grouped([told], "en")] == [heading]


def test_a_correction_of_an_older_study_says_what_was_mended(tree):
    study = make_research(tree.library, "Studie")
    Announcement.objects.update(at=timezone.now() - dt.timedelta(days=300))
    announce(page=study, kind=AnnouncementKind.CORRECTED, note="Er stond 34, het is 43.")
    [item] = content_of(page_of(begin(user=boss()))).items
    assert item.note == "Er stond 34, het is 43."


def test_what_no_visitor_may_see_is_left_out(tree):
    study = make_research(tree.library, "Studie")
    edition = begin(user=boss())
    study.unpublish()
    content = content_of(page_of(edition))
    assert content.items == []
    assert content.parts == ()
    assert told_between(since(), timezone.now()) == []


def test_what_was_dropped_can_be_put_back_and_does_not_return_by_itself(tree):
    make_research(tree.library, "Blijft")
    make_research(tree.library, "Valt af")
    edition = make_edition()
    for page in EditionPage.objects.filter(edition=edition):
        draft = page.get_latest_revision_as_object()
        write(page, body=list(draft.body.raw_data)[:2])
    [dropped] = left_out(edition)
    assert dropped.title == "Valt af"
    put_back(edition=edition, news=[dropped], user=boss())
    assert titles(edition) == titles(edition, "en") == ["Blijft", "Valt af"]
    for page in EditionPage.objects.filter(edition=edition):
        write(page, body=list(page.get_latest_revision_as_object().body.raw_data)[:2])
    as_sent(edition)
    assert titles(begin(user=boss())) == []


def test_what_was_announced_meanwhile_is_added_under_its_heading(tree):
    make_research(tree.library, "Eerst")
    edition = make_edition()
    make_research(tree.library, "Later")
    assert add_latest(edition=edition, user=boss()) == 1
    assert add_latest(edition=edition, user=boss()) == 0
    content = content_of(page_of(edition))
    assert [type(part).__name__ for part in content.parts] == ["Heading", "Item", "Item"]


def test_the_text_of_an_editor_goes_before_that_of_the_page(tree):
    make_research(tree.library, "Studie")
    edition = make_edition()
    draft = page_of(edition)
    rows = list(draft.body.raw_data)
    rows[1]["value"]["lead"] = "Zo zeggen wij het."
    write(draft, body=rows)
    assert content_of(page_of(edition)).items[0].lead == "Zo zeggen wij het."


def test_another_language_takes_over_choice_and_order(tree):
    for title in ("Een", "Twee", "Drie"):
        make_research(tree.library, title)
    edition = make_edition()
    draft = page_of(edition)
    heading, first, second, third = draft.body.raw_data
    text = {"type": "text", "id": "b0b7b7c6-0000-4000-8000-000000000001", "value": "<p>Dag</p>"}
    write(draft, body=[text, heading, third, first])
    assert take_over(edition=edition, user=boss()) == 1
    assert titles(edition, "en") == ["Drie", "Een"]
    assert second["value"]["page"]
