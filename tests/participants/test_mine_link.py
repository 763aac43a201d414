"""Asking for the link to the own page, and giving another address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

import pytest

from core import signed_links
from core.models import Letter
from participants import suppression
from participants.consent import given, withdraw_all
from participants.enums import Method, Purpose, State
from participants.links import mine_token, mine_url
from participants.mine_address import LIFETIME, forget_old_wishes
from participants.models import NewAddress, Participant
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

LINK = re.compile(r"http://localhost:8000(/\S+)")


@pytest.fixture
def person(site_tree: Any) -> Participant:
    return make_participant("anna@example.org", Purpose.NEWSLETTER)


def token(age: int) -> str:
    """The token of a form that was shown so many seconds ago."""
    at = timezone.now() - dt.timedelta(seconds=age)
    return signed_links.make("form:mine", "/nl/mijn/", at=at)


@pytest.fixture
def ask(client: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Send the form, and let the mail leave."""

    def asked(address: str, *, age: int = 60, **values: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            data = {"address": address, "form_token": token(age), **values}
            return client.post(reverse("mine_link"), data)

    return asked


def links(message: Any) -> list[str]:
    return LINK.findall(message.body)


def test_the_form_can_be_kept_and_sets_no_cookie(site_tree: Any, client: Any) -> None:
    response = client.get("/nl/mijn/")
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.get("/en/my/").status_code == 200


def test_the_answer_is_the_same_for_known_and_unknown(
    person: Participant, ask: Any, client: Any
) -> None:
    known, unknown = ask("Anna@Example.org"), ask("niemand@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(outbox.outbox) == 1
    (message,) = outbox.outbox
    assert message.to == ["Anna de Boer <anna@example.org>"]
    opened = client.get(links(message)[0])
    assert opened.status_code == 200
    assert "a•••@example.org" in opened.content.decode()
    assert "onderweg" in client.get(known["Location"]).content.decode()
    assert message.alternatives[0][0].count(links(message)[0]) == 1


def test_the_mail_is_in_the_language_of_the_person(person: Participant, ask: Any) -> None:
    Participant.objects.update(language="en")
    ask("anna@example.org")
    assert "/en/my/" in outbox.outbox[0].body
    assert outbox.outbox[0].subject.startswith("Your own page")


def test_a_name_that_nobody_confirmed_is_not_carried(site_tree: Any, ask: Any) -> None:
    make_participant("bea@example.org", name="Koop nu")
    ask("bea@example.org")
    (message,) = outbox.outbox
    assert message.to == ["bea@example.org"]
    assert "Koop nu" not in message.body + message.alternatives[0][0]


@pytest.mark.usefixtures("one_window")
def test_one_mailbox_is_not_filled(person: Participant, ask: Any) -> None:
    answers = {ask("anna@example.org")["Location"] for _number in range(6)}
    assert len(answers) == 1
    assert len(outbox.outbox) == 3


@pytest.mark.usefixtures("one_window")
def test_one_network_is_slowed_and_told(person: Participant, ask: Any, client: Any) -> None:
    for number in range(20):
        assert ask(f"a{number}@example.org").status_code == 302
    slowed = ask("anna@example.org")
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) > 0
    assert "anna@example.org" in slowed.content.decode()
    assert not outbox.outbox


@pytest.mark.parametrize(
    "values",
    [
        {"address": "geen adres"},
        {"address": ""},
        {"address": "anna@example.org\r\nBcc: x@example.org"},
        {"address": "a" * 300 + "@example.org"},
        {"leave_empty": "robot"},
        {"age": -600},
        {"form_token": "x"},
    ],
)
def test_a_wrong_form_comes_back(person: Participant, ask: Any, values: Any) -> None:
    response = ask(**{"address": "anna@example.org", **values})
    assert response.status_code == 200
    assert "field__error" in response.content.decode()
    assert not outbox.outbox


def test_a_dead_link_offers_a_new_one(site_tree: Any, client: Any) -> None:
    response = client.get(reverse("mine", args=["x" * 40]))
    assert response.status_code == 404
    assert 'name="address"' in response.content.decode()


@pytest.fixture
def wish(person: Participant, client: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Ask for another address; returns the path of the button in the mail."""

    def wished(address: str) -> str:
        page = reverse("mine", args=[mine_token(person)])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(page, {"part": "address", "address": address})
        assert response.status_code == 302
        return links(outbox.outbox[-1])[0]

    return wished


def test_a_new_address_is_confirmed_at_the_new_and_told_at_the_old(person: Participant, wish: Any, client: Any, django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    old_page = mine_url(person)
    button = wish("Anna.Nieuw@example.net")
    assert outbox.outbox[-1].to == ["Anna de Boer <Anna.Nieuw@example.net>"]
    for method in (client.get, client.head):
        assert method(button).status_code == 200
        person.refresh_from_db()
        assert person.address == "anna@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(button)
    person.refresh_from_db()
    assert person.address == "Anna.Nieuw@example.net"
    assert given(person) == {Purpose.NEWSLETTER}
    told = outbox.outbox[-1]
    assert told.to == ["Anna de Boer <anna@example.org>"]
    assert "A•••@example.net" in told.body and "Anna.Nieuw" not in told.body
    assert client.get(response["Location"].partition("#")[0]).status_code == 200
    assert client.get(old_page.removeprefix("http://localhost:8000")).status_code == 404
    for method in (client.get, client.post):
        again = method(button)
        assert again.status_code == 200
        assert "Uw adres is veranderd" in again.content.decode()
        assert b"example" not in again.content
    assert len(outbox.outbox) == 2


def test_a_link_confirms_the_address_it_was_mailed_to_and_no_other(person: Participant, wish: Any, client: Any) -> None:  # fmt: skip
    first = wish("een@example.net")
    client.post(first)
    person.refresh_from_db()
    second = wish("van.een.ander@example.net")
    client.post(first)
    person.refresh_from_db()
    assert person.address == "een@example.net"
    client.post(second)
    person.refresh_from_db()
    assert person.address == "van.een.ander@example.net"
    assert client.post(first).status_code == 404


def test_only_the_newest_wish_counts_and_not_for_ever(
    person: Participant, wish: Any, client: Any
) -> None:
    first = wish("een@example.net")
    second = wish("twee@example.net")
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    NewAddress.objects.update(asked_at=timezone.now() - LIFETIME - dt.timedelta(minutes=1))
    forget_old_wishes()
    assert client.post(second).status_code == 404
    person.refresh_from_db()
    assert person.address == "anna@example.org"


def test_somebody_elses_address_is_not_taken(person: Participant, wish: Any, client: Any) -> None:
    make_participant("bea@example.org")
    button = wish("BEA@example.org")
    assert "heeft hier al een eigen pagina" in client.post(button).content.decode()
    person.refresh_from_db()
    assert person.address == "anna@example.org"


def test_an_address_that_left_earlier_is_welcome_when_its_owner_confirms(person: Participant, wish: Any, client: Any) -> None:  # fmt: skip
    suppression.suppress("nieuw@example.net", State.UNSUBSCRIBED)
    client.post(wish("nieuw@example.net"))
    assert suppression.reason("nieuw@example.net") is None


def test_who_signed_off_stays_so_under_another_address(
    person: Participant, wish: Any, client: Any
) -> None:
    withdraw_all(person, method=Method.OWN_PAGE)
    client.post(wish("nieuw@example.net"))
    person.refresh_from_db()
    assert person.state == State.UNSUBSCRIBED
    assert given(person) == set()


@pytest.mark.parametrize("address", ["anna@example.org", "ANNA@example.org", "x", ""])
def test_an_address_that_changes_nothing_is_refused(
    person: Participant, client: Any, address: str
) -> None:
    page = reverse("mine", args=[mine_token(person)])
    response = client.post(page, {"part": "address", "address": address})
    assert response.status_code == 200
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("one_window")
def test_these_mails_are_not_sent_without_end(person: Participant, wish: Any, client: Any) -> None:
    for number in range(5):
        wish(f"a{number}@example.net")
    page = reverse("mine", args=[mine_token(person)])
    response = client.post(page, {"part": "address", "address": "a6@example.net"})
    assert "Ga morgen verder" in response.content.decode()
    assert len(outbox.outbox) == 5
