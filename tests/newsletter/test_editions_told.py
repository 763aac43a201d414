"""Nobody is told a thing both by an edition and by an alert, whichever comes first."""

import datetime as dt
import email
import uuid

from django.utils import timezone

import pytest

from core.announcements import announce
from core.models import Announcement, AnnouncementKind, Letter
from newsletter.alerts.morning import send_due
from newsletter.alerts.news import item_of
from newsletter.delivery.addressing import Desk
from newsletter.delivery.claiming import claim
from newsletter.editions_told import told_by_alerts, without
from newsletter.models import Delivery, Told
from participants.consent import give
from participants.enums import Method, Purpose
from search.indexing import process_pending
from tests.conftest import published
from tests.newsletter.editions import as_sent, make_edition, make_newsletters, write
from tests.newsletter.follows import DAY, make_follow, make_person, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning():
    """Seven thirty of tomorrow: what is made now is news of the day before."""
    tomorrow = timezone.localdate() + DAY
    return timezone.make_aware(dt.datetime.combine(tomorrow, dt.time(7, 30)))


@pytest.fixture
def studies(site_tree):
    """Two new studies that a follower of “wantrouwen” finds, in a site with a newsletter."""
    make_newsletters(site_tree)
    at = timezone.now() - dt.timedelta(hours=1)
    return [publish(site_tree, title, at) for title in ("Eerste studie", "Tweede studie")]


def follower():
    person = make_person()
    return make_follow(person, confirmed_at=timezone.now() - 30 * DAY).participant


def deliver(edition, person, state):
    mail = edition.mails.get(language=person.language)
    return Delivery.objects.create(edition=edition, participant=person, mail=mail, state=state)


def told(page):
    return item_of(page.translation_key, "new", 0)


@pytest.mark.parametrize(
    ("state", "mails"),
    [("sent", 0), ("queued", 0), ("in_doubt", 0), ("skipped", 1), ("permanent", 1), (None, 1)],
)
def test_an_alert_leaves_out_what_an_edition_told(studies, morning, state, mails):
    person = follower()
    edition = as_sent(make_edition())
    if state:
        deliver(edition, person, state)
    assert send_due(morning) == mails


def test_what_came_after_an_edition_is_told(site_tree, studies, morning):
    person = follower()
    deliver(as_sent(make_edition()), person, "sent")
    announce(page=studies[0], kind=AnnouncementKind.CORRECTED, note="Er stond 34 procent.")
    published(studies[0])
    publish(site_tree, "Derde studie", timezone.now())
    process_pending()
    assert send_due(morning) == 1
    text = Letter.objects.get().text
    assert "Derde studie" in text
    assert "Er stond 34 procent." in text
    assert "Tweede studie" not in text


def test_an_edition_leaves_out_what_an_alert_told(studies):
    person, other = follower(), make_person("jo@voorbeeld.example")
    edition = make_edition()
    Told.objects.create(participant=person, item=told(studies[0]))
    sent = as_sent(edition)
    left_out = told_by_alerts(sent, [person.pk, other.pk])
    assert list(left_out) == [person.pk]
    mail = sent.mails.get(language="nl")
    assert "Eerste studie" in mail.html and "Tweede studie" in mail.html
    shorter = without(mail, left_out[person.pk])
    for part in (shorter.html, shorter.text):
        assert "Eerste studie" not in part
        assert "Tweede studie" in part
        assert "@@unsubscribe_url@@" in part
    assert not shorter.is_empty


def test_a_correction_is_not_what_was_told_before(studies):
    person = follower()
    Told.objects.create(participant=person, item=told(studies[0]))
    announce(page=studies[0], kind=AnnouncementKind.CORRECTED, note="Er stond 34 procent.")
    edition = make_edition()
    body = [("item", {"page": studies[0], "news": "corrected", "note": "Er stond 34."})]
    for page in edition.pages.all():
        write(page, body=body)
    sent = as_sent(edition)
    assert told_by_alerts(sent, [person.pk]) == {}
    line = Announcement.objects.get(kind="corrected")
    item = item_of(studies[0].translation_key, "corrected", line.pk)
    Told.objects.create(participant=person, item=item)
    (addresses,) = told_by_alerts(sent, [person.pk]).values()
    assert without(sent.mails.get(language="nl"), addresses).is_empty


def hand_out(edition, *people):
    """Queue an edition for some people and take it in hand; return the jobs by person."""
    moment = timezone.now()
    type(edition).objects.filter(pk=edition.pk).update(state="sending", queued_at=moment)
    for person in people:
        mail = edition.mails.get(language=person.language)
        Delivery.objects.create(edition=edition, participant=person, mail=mail, domain="x.example")
    return {job.person.pk: job for job in claim("sender", 10)}


def test_the_mail_that_goes_out_lacks_what_an_alert_told(studies):
    person, other = follower(), make_person("jo@voorbeeld.example")
    for one in (person, other):
        give(one, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    edition = as_sent(make_edition())
    Told.objects.create(participant=person, item=told(studies[0]))
    jobs = hand_out(edition, person, other)
    bench = Desk()
    bench.load({job.mail for job in jobs.values()})
    mine, theirs = (
        email.message_from_bytes(bench.ready(jobs[one.pk], takes_8bit=False).message)
        .get_payload()[0]
        .get_payload(decode=True)
        .decode()
        for one in (person, other)
    )
    assert "Eerste studie" not in mine and "Tweede studie" in mine
    assert "Eerste studie" in theirs and "Tweede studie" in theirs


def test_who_was_told_everything_is_skipped_and_it_says_why(studies):
    person = follower()
    give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    edition = as_sent(make_edition())
    for study in studies:
        Told.objects.create(participant=person, item=told(study))
    assert hand_out(edition, person) == {}
    row = Delivery.objects.get()
    assert (row.state, row.skipped_because) == ("skipped", "told")


def test_each_language_loses_its_own_address_of_what_was_told(site_tree, studies):
    dutch, english = follower(), make_person("jo@voorbeeld.example", language="en")
    translated = studies[0].copy_for_translation(site_tree.en)
    translated.title = "First study"
    published(translated)
    for person in (dutch, english):
        Told.objects.create(participant=person, item=told(studies[0]))
    sent = as_sent(make_edition())
    left_out = told_by_alerts(sent, [dutch.pk, english.pk])
    for person, title in ((dutch, "Eerste studie"), (english, "First study")):
        mail = sent.mails.get(language=person.language)
        assert title in mail.html
        assert title not in without(mail, left_out[person.pk]).html


def test_what_moved_after_approval_is_still_left_out(studies):
    person = follower()
    Told.objects.create(participant=person, item=told(studies[0]))
    sent = as_sent(make_edition())
    studies[0].slug = "verhuisd"
    published(studies[0])
    (addresses,) = told_by_alerts(sent, [person.pk]).values()
    assert "Eerste studie" not in without(sent.mails.get(language="nl"), addresses).html


def test_what_stands_in_another_language_only_is_not_told_by_the_edition(studies, morning):
    person = follower()
    edition = make_edition()
    write(
        edition.pages.get(locale__language_code="nl"),
        body=[("item", {"page": studies[1], "news": "new"})],
    )
    deliver(as_sent(edition), person, "sent")
    assert send_due(morning) == 1
    assert "Eerste studie" in Letter.objects.get().text


@pytest.mark.parametrize(("ended", "mails"), [("skipped", 1), ("permanent", 1), ("sent", 0)])
def test_what_was_left_to_an_edition_that_did_not_come_is_told_weeks_later(
    studies, morning, ended, mails
):
    person = follower()
    row = deliver(as_sent(make_edition()), person, "queued")
    for day in range(20):
        assert send_due(morning + day * DAY) == 0
    Delivery.objects.filter(pk=row.pk).update(state=ended)
    assert send_due(morning + 20 * DAY) == mails


def test_nobody_told_costs_no_query_from_the_second_time_on(studies, django_assert_num_queries):
    person = make_person()
    edition = as_sent(make_edition())
    edition.queued_at = timezone.now()
    told_by_alerts(edition, [person.pk])
    with django_assert_num_queries(0):
        assert told_by_alerts(edition, [person.pk]) == {}


def test_one_correction_in_two_languages_is_one_piece_of_news(site_tree, studies, morning):
    person = follower()
    make_follow(person, "theme=draagvlak", language="en", confirmed_at=timezone.now() - 30 * DAY)
    english = published(studies[0].copy_for_translation(site_tree.en))
    send_due(morning)
    about = uuid.uuid4()
    for page, days in ((studies[0], 0), (english, 20)):
        line = announce(page=page, kind=AnnouncementKind.CORRECTED, about=about)
        Announcement.objects.filter(pk=line.pk).update(at=morning + days * DAY)
    assert send_due(morning + DAY) == 1
    assert send_due(morning + 21 * DAY) == 0
