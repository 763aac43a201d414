import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from core.announcements import announce
from core.models import Announcement, AnnouncementKind, Letter
from core.personal_data import registered
from newsletter.alerts import calendar
from newsletter.alerts.finding import find
from newsletter.alerts.forgetting import TOLD_KEPT, forget
from newsletter.alerts.morning import due_follows, send_due
from newsletter.alerts.news import news_since
from newsletter.alerts.subjects import Subject
from newsletter.models import Alert, Edition, Follow, Told
from participants import standing
from participants.consent import withdraw
from participants.enums import Method, Purpose
from search.indexing import process_pending
from tests.conftest import published
from tests.newsletter.follows import DAY, MONDAY, make_follow, make_person, publish

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def sends_at_once(django_capture_on_commit_callbacks):
    """Let letters leave, as they do when their transaction is stored."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def letters():
    return list(Letter.objects.order_by("pk"))


def test_a_new_study_is_mailed_with_its_passage_and_page(site_tree):
    make_follow(make_person())
    publish(site_tree, "Opvang in de buurt", MONDAY - HOUR)
    publish(site_tree, "Iets anders", MONDAY - HOUR, text="Niets daarover.")
    assert send_due(MONDAY) == 1
    (letter,) = letters()
    assert letter.subject == "1 nieuw stuk in wat u volgt"
    for part in (letter.text, letter.html):
        assert "Opvang in de buurt" in part
        assert "Iets anders" not in part
        assert "p. 2" in part
        assert "#page=2" in part
    assert "“wantrouwen”" in letter.text
    assert "<b>wantrouwen</b>" in letter.html
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.only_once


def test_nothing_new_is_no_mail(site_tree):
    make_follow(make_person())
    publish(site_tree, "Oud", MONDAY - 40 * DAY)
    assert send_due(MONDAY) == 0
    assert not letters()
    assert not due_follows(MONDAY).exists()


def test_a_second_run_and_the_next_day_tell_nothing_again(site_tree):
    make_follow(make_person())
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    assert [send_due(MONDAY), send_due(MONDAY + HOUR), send_due(MONDAY + DAY)] == [1, 0, 0]
    assert Told.objects.count() == 1


def test_what_two_follows_find_stands_in_the_mail_once(site_tree):
    person = make_person()
    make_follow(person)
    make_follow(person, "theme=draagvlak")
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    send_due(MONDAY)
    (letter,) = letters()
    assert letter.text.count("* Nieuw") == 1


def test_a_theme_is_followed_in_the_language_of_the_reader(site_tree):
    make_follow(make_person(), "theme=draagvlak")
    make_follow(
        make_person("jo@voorbeeld.example", language="en"), "theme=draagvlak", language="en"
    )
    page = publish(site_tree, "Nieuw", MONDAY - HOUR)
    other = page.copy_for_translation(site_tree.en)
    other.title = "New study"
    published(other)
    Announcement.objects.update(at=MONDAY - HOUR)
    process_pending()
    assert send_due(MONDAY) == 2
    dutch, english = letters()
    assert "* Nieuw" in dutch.text and "New study" not in dutch.text
    assert "* New study" in english.text and "Public support" in english.text
    assert english.subject == "1 new piece in what you follow"


def test_a_correction_is_news_and_its_note_is_told(site_tree):
    make_follow(make_person())
    page = publish(site_tree, "Nieuw", MONDAY - HOUR)
    send_due(MONDAY)
    announce(page=page, kind=AnnouncementKind.CORRECTED, note="Er stond 34 procent.")
    Announcement.objects.filter(kind="corrected").update(at=MONDAY + 2 * HOUR)
    published(page)
    process_pending()
    assert send_due(MONDAY + DAY) == 1
    assert "Er stond 34 procent." in letters()[-1].text


def test_filters_and_language_count(site_tree):
    person = make_person()
    make_follow(person, "q=wantrouwen&year=1999")
    make_follow(person, "q=wantrouwen&theme=draagvlak&year=2020")
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    assert send_due(MONDAY) == 1
    assert letters()[0].text.count("Stop met volgen van dit:") == 1


def test_what_was_announced_before_somebody_followed_is_not_news(site_tree):
    make_follow(make_person(), confirmed_at=MONDAY - HOUR)
    publish(site_tree, "Nieuw", MONDAY - 2 * HOUR)
    assert send_due(MONDAY) == 0


def test_a_closed_page_is_not_told(site_tree):
    make_follow(make_person())
    publish(site_tree, "Nieuw", MONDAY - HOUR).unpublish()
    assert send_due(MONDAY) == 0


@pytest.mark.parametrize("how", ["withdrawn", "paused", "bounced", "unconfirmed", "stopped"])
def test_who_may_not_be_mailed_is_not(site_tree, how):
    person = make_person()
    follow = make_follow(person)
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    if how == "withdrawn":
        withdraw(person, Purpose.ALERTS, method=Method.OWN_PAGE)
    elif how == "bounced":
        standing.record_hard_bounce(person)
    elif how == "paused":
        type(person).objects.update(paused_until=timezone.now() + 30 * DAY)
    elif how == "unconfirmed":
        Follow.objects.filter(pk=follow.pk).update(confirmed_at=None)
    else:
        Follow.objects.filter(pk=follow.pk).update(stopped_at=MONDAY)
    assert send_due(MONDAY) == 0


def at(day, hour, minute=0):
    return timezone.make_aware(dt.datetime(2026, 11, day, hour, minute))


@pytest.mark.parametrize(
    ("frequency", "considered", "now", "due"),
    [
        ("daily", at(1, 7, 5), at(2, 6, 59), False),
        ("daily", at(1, 7, 5), at(2, 7, 0), True),
        ("daily", at(2, 7, 5), at(2, 8, 0), False),
        ("weekly", at(2, 7, 5), at(3, 7, 30), False),
        ("weekly", at(2, 7, 5), at(9, 7, 30), True),
        ("weekly", at(1, 7, 5), at(3, 7, 30), True),  # Monday was missed
        ("newsletter", at(1, 7, 5), at(3, 7, 30), False),
    ],
)
def test_who_is_due(site_tree, frequency, considered, now, due):
    make_follow(make_person(), frequency=frequency, considered_at=considered)
    assert due_follows(now).exists() is due


def test_with_the_newsletter_is_the_morning_after_it(site_tree):
    make_follow(make_person(), frequency="newsletter", considered_at=at(1, 7, 30))
    edition = Edition.objects.create(title="November", state="sending")
    assert not due_follows(at(4, 7, 30)).exists()
    Edition.objects.filter(pk=edition.pk).update(state="sent", finished_at=at(3, 15))
    assert due_follows(at(4, 7, 30)).exists()


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (dt.datetime(2026, 3, 29, 5, 0, tzinfo=dt.UTC), True),  # 07:00 in summer time
        (dt.datetime(2026, 3, 28, 5, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 10, 25, 6, 0, tzinfo=dt.UTC), True),  # 07:00 in winter time
        (dt.datetime(2026, 10, 24, 5, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 2, 11, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC), False),
    ],
)
def test_the_morning_is_that_of_amsterdam_across_both_clock_changes(moment, is_open):
    assert calendar.is_open(moment) is is_open


def test_late_is_tomorrow_and_one_mail(site_tree):
    make_follow(make_person(), considered_at=MONDAY - 20 * DAY)
    for number in range(12):
        publish(site_tree, f"Nieuw {number}", MONDAY - (number + 1) * DAY)
    assert send_due(MONDAY.replace(hour=20)) == 0
    assert send_due(MONDAY + DAY) == 1
    (letter,) = letters()
    assert letter.subject.startswith("12 ")
    assert letter.text.count("* Nieuw") == 10
    assert "En nog 2" in letter.text


def test_while_search_is_away_nothing_is_told_and_nothing_is_lost(site_tree, settings, tmp_path):
    make_follow(make_person())
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    there, settings.SEARCH_INDEX_PATH = settings.SEARCH_INDEX_PATH, tmp_path / "away.sqlite3"
    assert send_due(MONDAY) == 0
    settings.SEARCH_INDEX_PATH = there
    assert send_due(MONDAY + HOUR) == 1


def test_one_search_is_asked_once_for_all_its_followers(site_tree, monkeypatch):
    for number in range(6):
        make_follow(make_person(f"p{number}@voorbeeld.example"))
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    asked = []
    monkeypatch.setattr(
        "newsletter.alerts.morning.find", lambda subject, news: asked.append(subject) or []
    )
    assert send_due(MONDAY) == 0
    assert len(asked) == 1
    # What a process asks once (locales, the site) was asked by now.
    Follow.objects.update(considered_at=None)
    with CaptureQueriesContext(connection) as few:
        send_due(MONDAY)
    Follow.objects.update(considered_at=None)
    for number in range(6, 30):
        make_follow(make_person(f"p{number}@voorbeeld.example"))
    with CaptureQueriesContext(connection) as many:
        send_due(MONDAY)
    assert len(many) == len(few)


def test_a_work_new_in_one_language_is_not_new_again_in_another(site_tree):
    make_follow(make_person(language="en"), language="en")
    page = publish(site_tree, "Nieuw", MONDAY - HOUR)
    assert send_due(MONDAY) == 1
    other = page.copy_for_translation(site_tree.en)
    other.title = "Distrust, wantrouwen"
    published(other)
    Announcement.objects.filter(page=other.pk).update(at=MONDAY + HOUR)
    process_pending()
    assert send_due(MONDAY + DAY) == 0


def test_what_is_held_is_told_exported_and_erased(site_tree):
    person = make_person()
    make_follow(person)
    publish(site_tree, "Nieuw", MONDAY - HOUR)
    send_due(MONDAY)
    room = next(room for room in registered() if room.name == "alerts")
    (section,) = room.describe(person)
    assert section.rows[0][0] == "“wantrouwen”"
    assert [one["day"] for one in room.export(person)["mails"]] == ["2026-11-02"]
    standing.erase(person)
    assert not (Follow.objects.exists() or Told.objects.exists() or Alert.objects.exists())
    assert room.export(person) is None


def test_what_is_old_is_forgotten(site_tree):
    person = make_person()
    make_follow(person)
    old = make_follow(person, "q=oud", confirmed_at=None, asked_at=MONDAY - 15 * DAY)
    Told.objects.create(participant=person, item="a", at=MONDAY - TOLD_KEPT - DAY)
    Told.objects.create(participant=person, item="b", at=MONDAY)
    forget(MONDAY)
    assert not Follow.objects.filter(pk=old.pk).exists()
    assert Follow.objects.count() == 1
    assert list(Told.objects.values_list("item", flat=True)) == ["b"]


def test_news_beyond_the_first_page_of_results_is_found(site_tree, monkeypatch):
    monkeypatch.setattr("newsletter.alerts.finding.PAGE_SIZE", 1)
    for number in range(4):
        publish(site_tree, f"Nieuw {number}", MONDAY - number * DAY)
    publish(site_tree, "Oud", MONDAY - 50 * DAY)
    found = find(Subject("q=wantrouwen", "nl"), news_since(MONDAY - 10 * DAY))
    assert [one.title for one in found] == [f"Nieuw {number}" for number in range(4)]


def test_a_reader_of_another_language_is_told_so_in_their_own(site_tree):
    make_follow(make_person(language="en"), "theme=draagvlak", language="en")
    page = publish(site_tree, "Nieuw", MONDAY - HOUR)
    announce(page=page, kind=AnnouncementKind.CORRECTED)
    Announcement.objects.filter(kind="corrected").update(at=MONDAY - HOUR / 2)
    assert send_due(MONDAY) == 1
    (letter,) = letters()
    (heading,) = [line for line in letter.text.splitlines() if line.startswith("* Nieuw")]
    assert heading.endswith(", corrected, in Dutch)")


def test_a_match_outside_the_text_shows_the_lead(site_tree):
    make_follow(make_person(), "q=draagvlak")
    publish(site_tree, "Nieuw", MONDAY - HOUR, text="Niets daarover.")
    assert send_due(MONDAY) == 1
    assert "Thema" not in letters()[0].text


def test_plain_text_keeps_to_its_lines(site_tree):
    make_follow(make_person())
    publish(site_tree, "Een heel lange titel " * 6, MONDAY - HOUR)
    assert send_due(MONDAY) == 1
    lines = letters()[0].text.splitlines()
    assert all(len(line) <= 72 for line in lines if "http" not in line)
