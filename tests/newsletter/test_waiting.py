"""Editions that wait for an editor, and the editor who hears of it."""

import datetime as dt

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

import pytest

from core.models import Letter
from newsletter.approving import approve
from newsletter.delivery import looking_after
from newsletter.enums import DeliveryState, EditionState
from newsletter.models import Delivery, Edition
from newsletter.scheduling import schedule
from newsletter.waiting import ask_editors, waiting_for
from participants.models import Participant
from tests.newsletter.editions import boss, make_edition, make_newsletters
from tests.research import make_research

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def edition(site_tree):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Studie")
    made = make_edition()
    approve(edition_id=made.pk, user=boss())
    return schedule(edition_id=made.pk, at=timezone.now() + HOUR)


def pass_by(hours):
    """Let so many hours go by after the moment at which it was to be sent."""
    moment = timezone.now() + (hours + 1) * HOUR
    looking_after.hold_late(moment)
    ask_editors(moment)


@pytest.mark.parametrize(("hours", "late"), [(0, False), (1.9, False), (2.1, True), (500, True)])
def test_a_moment_that_passed_by_more_than_a_set_time_asks_who_approved(edition, hours, late):
    pass_by(hours)
    state = EditionState.LATE if late else EditionState.SCHEDULED
    assert Edition.objects.get().state == state
    assert Letter.objects.count() == int(late)
    assert len(waiting_for(boss())) == int(late)


def test_the_mail_says_what_to_do_and_goes_once_each_time(edition, settings):
    for _twice in range(2):
        pass_by(5)
    letter = Letter.objects.get()
    assert letter.to_address == boss().email
    assert letter.language == "nl"
    assert "wacht op u" in letter.subject
    desk = settings.BASE_URL + reverse("newsletter_admin:edition", args=[edition.pk])
    assert desk in letter.text
    assert desk in letter.html
    schedule(edition_id=edition.pk, at=timezone.now() + 10 * HOUR)
    pass_by(20)
    assert Letter.objects.count() == 2


def test_what_the_machine_held_is_asked_about_and_what_an_editor_paused_is_not(edition):
    Edition.objects.update(state=EditionState.PAUSED, reason="", active_at=timezone.now())
    ask_editors()
    assert not Letter.objects.exists()
    assert waiting_for(boss()) == []
    Edition.objects.update(reason="De mailserver weigert alles: 554")
    ask_editors()
    assert "onderbroken" in Letter.objects.get().text
    assert waiting_for(boss())[0].sentence == "De mailserver weigert alles: 554"


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_an_editor_who_cannot_be_mailed_still_finds_it(edition, change):
    type(boss()).objects.update(**change)
    pass_by(5)
    assert not Letter.objects.exists()
    assert Edition.objects.get().asked_at is not None


def test_the_home_of_the_cms_tells_who_can_decide(edition, client, django_user_model):
    pass_by(5)
    client.force_login(boss())
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nieuwsbrieven die op u wachten" in html
    assert reverse("newsletter_admin:edition", args=[edition.pk]) in html
    other = django_user_model.objects.create_user("ander")
    other.groups.add(Group.objects.get(name="Editors"))
    client.force_login(other)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nieuwsbrieven die op u wachten" not in html


def test_people_in_doubt_are_counted(edition):
    Edition.objects.update(state=EditionState.SENT)
    for number in range(2):
        address = f"a{number}@example.org"
        person = Participant.objects.create(address=address, name="Ana", language="nl")
        Delivery.objects.create(
            edition=edition,
            participant=person,
            mail=edition.mails.get(language="nl"),
            address=address,
            state=DeliveryState.IN_DOUBT,
        )
    assert waiting_for(boss())[0].sentence.startswith("Van 2 personen")
