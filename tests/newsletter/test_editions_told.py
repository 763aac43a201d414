"""Nobody is told a thing both by an edition and by an alert, whichever comes first."""

import datetime as dt
import email

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
        Delivery.objects.create(edition=edition, participant=person, state=state)
    assert send_due(morning) == mails


def test_what_came_after_an_edition_is_told(site_tree, studies, morning):
    person = follower()
    Delivery.objects.create(edition=as_sent(make_edition()), participant=person, state="sent")
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
