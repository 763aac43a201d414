"""Leaving by the link in a mail: by a program, by hand, by mail, and back."""

from __future__ import annotations

import datetime as dt
import secrets

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from core import signed_links
from newsletter import unsubscribing
from newsletter.delivery import looking_after
from newsletter.models import Delivery
from newsletter.person_keys import subject_of
from participants.consent import given
from participants.enums import Method, Purpose
from participants.models import Consent
from tests.newsletter.sending import person, scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(site_tree):
    return person("ana.jansen@example.org")


@pytest.fixture
def delivery(ana):
    scheduled()
    looking_after.begin_due()
    return Delivery.objects.get()


@pytest.fixture
def address(ana, delivery):
    return reverse("unsubscribe", args=[unsubscribing.token(ana.key, delivery.pk)])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded"),
        (b'{"a": 1}', "application/json"),
        (b"--broken", "multipart/form-data; boundary=x"),
        (b"\xff\xfe", "text/plain"),
    ],
)
def test_one_click_whatever_the_body(ana, delivery, address, body, kind):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address, body, content_type=kind)
    assert (answer.status_code, answer.content) == (200, b"OK")
    assert not answer.cookies
    assert given(ana) == set()
    delivery.refresh_from_db()
    assert delivery.unsubscribed_at
    assert Consent.objects.latest("pk").method == Method.ONE_CLICK
    assert program.post(address).status_code == 200  # twice is once
    assert Consent.objects.filter(given=False).count() == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_get_only_shows(client, ana, address, language):
    address = (
        address.replace("/nl/uitschrijven/", "/en/unsubscribe/") if language == "en" else address
    )
    for method in (client.get, client.head):
        answer = method(address)
        assert answer.status_code == 200 and not answer.cookies
    text = client.get(address).text
    assert "a•••@example.org" in text and "ana.jansen" not in text
    assert given(ana) == {Purpose.NEWSLETTER}
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_by_hand_and_undone(client, ana, delivery, address):
    page = client.post(f"{address}?{'page'}")
    assert page.status_code == 200 and "a•••@example.org" in page.text
    assert given(ana) == set()
    assert Consent.objects.latest("pk").method == Method.LINK
    found = unsubscribing.find(address.rstrip("/").rpartition("/")[2])
    undo = reverse("unsubscribe_undo", args=[unsubscribing.undo_token(found)])
    assert client.get(undo).status_code == 405
    assert client.post(undo).status_code == 200
    assert given(ana) == {Purpose.NEWSLETTER}
    delivery.refresh_from_db()
    assert delivery.unsubscribed_at is None


def test_undoing_ends_after_a_day_and_leaving_never_does(client, ana, delivery):
    subject = subject_of(ana.key, delivery.pk)
    years_ago = timezone.now() - dt.timedelta(days=3000)
    old = signed_links.make(unsubscribing.UNDO, subject, at=years_ago)
    assert unsubscribing.find_undo(old) is None
    old = signed_links.make(unsubscribing.PURPOSE, subject, at=years_ago)
    assert client.post(reverse("unsubscribe", args=[old])).status_code == 200
    assert given(ana) == set()


def test_a_token_for_one_thing_opens_no_other(ana, delivery):
    found = unsubscribing.Found(ana, delivery.pk)
    assert unsubscribing.find(unsubscribing.undo_token(found)) is None
    assert unsubscribing.find_undo(unsubscribing.token(ana.key, delivery.pk)) is None


def test_random_tokens_open_nothing(client, ana, delivery, django_assert_num_queries):
    length = len(unsubscribing.token(ana.key, delivery.pk))
    with django_assert_num_queries(0):
        assert not any(
            unsubscribing.find(secrets.token_urlsafe(length)[:length]) for _ in range(10_000)
        )
    true = unsubscribing.token(ana.key, delivery.pk)
    assert not any(
        unsubscribing.find(true[:at] + ("A" if true[at] != "A" else "B") + true[at + 1 :])
        for at in range(length)
    )
    assert client.post(reverse("unsubscribe", args=["x" * 66])).status_code == 404
    assert given(ana) == {Purpose.NEWSLETTER}


@pytest.mark.parametrize(
    ("subject", "counts"),
    [
        ("unsubscribe {}", True),
        ("Re: UNSUBSCRIBE  {}", True),
        ("unsubscribe", False),
        ("{}", False),
    ],
)
def test_by_mail(ana, delivery, subject, counts):
    token = unsubscribing.token(ana.key, delivery.pk)
    assert unsubscribing.leave_by_mail(subject.format(token)) is counts
    assert (given(ana) == set()) is counts
