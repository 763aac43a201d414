"""What the desk says before sending, beside the list that sending makes."""

from collections import Counter

from django.urls import reverse

import pytest

from newsletter.approving import approve
from newsletter.delivery.forecast import forecast
from newsletter.delivery.queueing import queue
from newsletter.models import Delivery
from participants import mine
from participants.consent import withdraw
from participants.enums import Method, Purpose
from tests.newsletter.editions import boss, make_edition, make_newsletters
from tests.newsletter.sending import person
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(site_tree):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Studie")
    made = make_edition()
    approve(edition_id=made.pk, user=boss())
    return made


@pytest.fixture
def list_of_six(edition):
    for name in "abc":
        person(f"{name}@example.org")
    person("d@example.org", language="en")
    mine.pause(person("e@example.org"), 1)
    withdraw(person("f@example.org"), Purpose.NEWSLETTER, method=Method.LINK)


def test_it_says_what_the_list_then_is(edition, list_of_six, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = forecast(edition)
    assert found.languages == [("Nederlands", 3), ("English", 1)]
    assert found.skipped == [("Gepauzeerd door de deelnemer", 1)]
    assert queue(edition)
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states == {"queued": found.number, "skipped": 1}


def test_the_desk_says_it_beside_the_button(edition, list_of_six, client, editor):
    client.force_login(editor)
    page = client.get(reverse("newsletter_admin:edition", args=[edition.pk])).content.decode()
    assert "krijgen 4 mensen hem: Nederlands 3, English 1." in page
    assert "Verzend nu aan 4 mensen" in page
    assert "Gepauzeerd door de deelnemer: 1" in page


def test_an_empty_list_is_told(edition, client, editor):
    client.force_login(editor)
    page = client.get(reverse("newsletter_admin:edition", args=[edition.pk])).content.decode()
    assert "krijgt niemand hem" in page
    assert "Verzend nu<" in page
