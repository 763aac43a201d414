"""Who gets an edition, in which mail, and who not: a row for everybody."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from newsletter.delivery import queueing
from newsletter.delivery.queueing import queue
from newsletter.enums import EditionState, SkipReason
from newsletter.models import Delivery, Edition
from participants import mine
from participants.consent import withdraw
from participants.enums import Method, Purpose
from participants.models import Participant
from tests.newsletter.sending import approved, people, person

pytestmark = pytest.mark.django_db


def rows(edition):
    found = Delivery.objects.filter(edition=edition).order_by("pk")
    return [
        (row.address, row.mail.language if row.mail else "", row.state, row.skipped_because)
        for row in found
    ]


def test_language_choice_and_reasons(site_tree):
    person("nl@example.org")
    person("EN@Example.ORG", language="en")
    mine.pause(person("paused@example.org"), 1)
    mine.pause(person("was-paused@example.org"), 1, timezone.now() - dt.timedelta(days=40))
    left = person("left@example.org")
    withdraw(left, Purpose.NEWSLETTER, method=Method.LINK)
    Participant.objects.create(address="pending@example.org")
    person("theme@example.org").topics.add(site_tree.theme)
    edition = approved(topics=["framing"])
    assert queue(edition)
    assert rows(edition) == [
        ("nl@example.org", "nl", "queued", ""),
        ("EN@Example.ORG", "en", "queued", ""),
        ("paused@example.org", "nl", "skipped", SkipReason.PAUSED),
        ("was-paused@example.org", "nl", "queued", ""),
        ("theme@example.org", "nl", "skipped", SkipReason.TOPICS),
    ]
    assert Delivery.objects.get(address="EN@Example.ORG").domain == "example.org"


@pytest.mark.parametrize(
    ("topics", "state"),
    [([], "queued"), (["draagvlak"], "queued"), (["framing"], "skipped")],
)
def test_themes_chosen(site_tree, topics, state):
    person("theme@example.org").topics.add(site_tree.theme_en)
    edition = approved(topics=topics)
    queue(edition)
    assert Delivery.objects.get().state == state


def test_without_a_mail_for_them(db):
    person("nl@example.org")
    person("en@example.org", language="en")
    edition = approved(languages=("en",))
    queue(edition)
    assert rows(edition) == [
        ("nl@example.org", "", "skipped", SkipReason.NO_MAIL),
        ("en@example.org", "en", "queued", ""),
    ]


def test_killed_halfway_and_again(monkeypatch):
    people(6)
    edition = approved()
    monkeypatch.setattr(queueing, "PART", 3)
    copy = queueing.copy_people

    def dies(*arguments):
        if Delivery.objects.exists():
            raise KeyboardInterrupt
        copy(*arguments)

    monkeypatch.setattr(queueing, "copy_people", dies)
    with pytest.raises(KeyboardInterrupt):
        queue(edition)
    monkeypatch.setattr(queueing, "copy_people", copy)
    some = Delivery.objects.count()
    assert 0 < some < 6
    assert queue(edition) is False  # the dead one still has it to itself
    Edition.objects.update(queueing_until=timezone.now() - dt.timedelta(seconds=1))
    assert queue(edition)
    assert Delivery.objects.count() == 6
    Edition.objects.update(queued_at=None, queueing_until=None, state=EditionState.SENDING)
    assert queue(Edition.objects.get())
    assert Delivery.objects.count() == 6


def test_statements_do_not_grow_with_people(db):
    people(3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        queue(approved())
    people_more = [person(f"v{at}@example.org") for at in range(20)]
    with CaptureQueriesContext(connection) as many:
        queue(approved())
    assert len(people_more) == 20 and len(few) == len(many)
