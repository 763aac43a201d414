"""Who left long ago is forgotten, with the proof of what they agreed to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

import pytest

from core.models import Letter
from participants import mine, standing, suppression
from participants.consent import withdraw_all
from participants.enums import Method, Purpose, State
from participants.importing.columns import Person
from participants.importing.verdicts import judged
from participants.mine_link import mail_link
from participants.models import Act, Consent, Participant
from participants.models.importing import Verdict
from participants.models.join_request import JoinRequest
from participants.retention import forget_left
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def left(days: int) -> Participant:
    """Somebody who agreed and left so many days ago."""
    person = make_participant(f"weg{days}@example.org", Purpose.NEWSLETTER)
    mine.pause(person, 1)
    withdraw_all(person, method=Method.ONE_CLICK)
    at = NOW - dt.timedelta(days=days)
    Consent._base_manager.filter(participant=person).update(at=at)
    return person


def test_only_who_left_before_the_term_is_forgotten(site_tree: Any, settings: Any) -> None:
    settings.HUB_KEEP_CONSENT_DAYS = 730
    here, recent, old = (
        make_participant("hier@example.org", Purpose.NEWSLETTER),
        left(729),
        left(731),
    )
    Consent._base_manager.filter(participant=here).update(at=NOW - dt.timedelta(days=4000))
    assert forget_left(NOW) == 1
    for person in (here, recent, old):
        person.refresh_from_db()
    assert (here.state, recent.state, old.state) == (State.ACTIVE, State.UNSUBSCRIBED, State.ERASED)
    assert (old.address, old.name) == ("", "")
    assert not Consent.objects.filter(participant=old).exists()
    assert Consent.objects.filter(participant=recent).count() == 2
    assert (old.pauses.count(), recent.pauses.count()) == (0, 1)
    assert [(act.kind, act.count) for act in Act.objects.all()] == [("expired", 1)]
    assert forget_left(NOW) == 0


def test_the_forgotten_are_not_imported_again(site_tree: Any, settings: Any) -> None:
    left(800)
    forget_left(NOW)
    assert judged([Person(2, "weg800@example.org", "Weg", "")])[0].verdict == Verdict.SUPPRESSED
    assert suppression.reason("weg800@example.org") == State.ERASED


def test_erasing_empties_mails_and_sign_ups_that_wait(site_tree: Any) -> None:
    person = make_participant("Anna@example.org", Purpose.NEWSLETTER)
    JoinRequest.objects.create(address="anna@example.org", name="Anna", language="nl")
    mail_link("anna@example.org", "nl")
    assert Letter.objects.get().to_address
    standing.erase(person)
    letter = Letter.objects.get()
    assert (letter.to_address, letter.text, letter.state) == ("", "", "failed")
    assert not JoinRequest.objects.exists()


def test_who_never_agreed_and_cannot_be_reached_is_forgotten_too(site_tree: Any) -> None:
    """A mail to confirm came back: there is no consent whose term could end."""
    person = make_participant("stuk@example.org")
    standing.record_hard_bounce(person)
    assert forget_left(NOW) == 0
    Participant.objects.filter(pk=person.pk).update(created_at=NOW - dt.timedelta(days=731))
    assert forget_left(NOW) == 1
    person.refresh_from_db()
    assert (person.state, person.address) == (State.ERASED, "")
    assert forget_left(NOW) == 0
