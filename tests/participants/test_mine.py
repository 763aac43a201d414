"""The own page: whose it is, what it shows, and what each form changes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.urls import reverse
from django.utils import timezone

import pytest
from hypothesis import given as over
from hypothesis import settings as run
from hypothesis import strategies as st

from core import signed_links
from participants import suppression
from participants.consent import given, why_not
from participants.enums import Method, Purpose, State
from participants.links import LIFETIME, MINE, mine_token
from participants.masking import masked
from participants.mine import close_links, months_later
from participants.models import Act, Consent, Note, Participant
from participants.standing import record_complaint, record_hard_bounce
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(site_tree: Any) -> Participant:
    return make_participant("anna@example.org", Purpose.NEWSLETTER)


def page(person: Participant) -> str:
    return reverse("mine", args=[mine_token(person)])


def state_of_everything() -> list[Any]:
    return [
        list(Participant.objects.values()),
        list(Consent.objects.values()),
        list(Act.objects.values()),
    ]


def test_the_page_shows_what_we_hold_and_is_kept_by_nobody(
    person: Participant, client: Any
) -> None:
    Note.objects.create(participant=person, text="Belde over de bijeenkomst.")
    response = client.get(page(person))
    html = response.content.decode()
    assert response.status_code == 200
    for shown in ("a•••@example.org", "anna@example.org", "Anna de Boer", "Belde over"):
        assert shown in html
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert 'rel="canonical"' not in html


def test_in_both_languages(person: Participant, client: Any) -> None:
    token = mine_token(person)
    assert client.get(f"/nl/mijn/{token}/").status_code == 200
    assert "What we hold about you" in client.get(f"/en/my/{token}/").content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["mine", "mine_download", "mine_erase"])
def test_looking_changes_nothing(person: Participant, client: Any, method: str, name: str) -> None:
    before = state_of_everything()
    response = getattr(client, method)(reverse(name, args=[mine_token(person)]))
    assert response.status_code == 200
    assert state_of_everything() == before


@pytest.mark.parametrize("name", ["mine", "mine_download", "mine_erase"])
@pytest.mark.parametrize("kind", ["made up", "too old", "for something else", "ended", "erased"])
def test_a_wrong_token_opens_nothing(
    person: Participant, client: Any, name: str, kind: str
) -> None:
    old = timezone.now() - LIFETIME - dt.timedelta(minutes=1)
    tokens = {
        "made up": "x" * 60,
        "too old": signed_links.make(MINE, person.key.hex, nonce="0", at=old),
        "for something else": signed_links.make("confirm", person.key.hex, nonce="0"),
        "ended": mine_token(person),
        "erased": mine_token(person),
    }
    if kind == "ended":
        close_links(person)
    if kind == "erased":
        client.post(reverse("mine_erase", args=[mine_token(person)]))
    before = state_of_everything()
    for method in ("get", "post"):
        response = getattr(client, method)(reverse(name, args=[tokens[kind]]), {"part": "pause"})
        assert response.status_code == 404
        assert "anna" not in response.content.decode().lower()
        assert response["Referrer-Policy"] == "no-referrer"
    assert state_of_everything() == before


def send(client: Any, person: Participant, part: str, **values: Any) -> Any:
    return client.post(page(person), {"part": part, **values})


def test_details_change(person: Participant, client: Any, site_tree: Any) -> None:
    values = {"name": "  Ada\tde  Boer ", "language": "en", "topics": ["draagvlak"]}
    response = send(client, person, "details", **values)
    assert response.status_code == 302
    assert "done=details" in response["Location"]
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ada de Boer", "en")
    assert [theme.slug for theme in person.topics.all()] == ["draagvlak"]
    html = client.get(response["Location"].partition("#")[0]).content.decode()
    assert "Uw gegevens zijn veranderd." in html
    assert '<input type="checkbox" name="topics" value="draagvlak"' in html
    send(client, person, "details", name="", language="nl")
    person.refresh_from_db()
    assert not person.topics.exists()
    assert person.name == ""


@pytest.mark.parametrize(
    "values",
    [
        {"name": "A" * 81, "language": "nl"},
        {"name": "A", "language": "de"},
        {"name": "A", "language": "nl", "topics": ["bestaat-niet"]},
    ],
)
def test_wrong_details_come_back_as_they_were(
    person: Participant, client: Any, values: Any
) -> None:
    response = send(client, person, "details", **values)
    assert response.status_code == 200
    assert 'class="field field--wrong' in response.content.decode()
    person.refresh_from_db()
    assert person.name == "Anna de Boer"


def test_each_purpose_goes_on_and_off(person: Participant, client: Any) -> None:
    send(client, person, "wishes", purposes=["alerts"])
    assert given(person) == {Purpose.ALERTS}
    fact = Consent.objects.get(participant=person, purpose="alerts")
    assert fact.method == Method.OWN_PAGE
    assert fact.text is not None and fact.text.text.startswith("Stuur mij een mail")
    assert mine_token(person) not in fact.form_address
    send(client, person, "wishes")
    person.refresh_from_db()
    assert given(person) == set()
    assert person.state == State.UNSUBSCRIBED
    send(client, person, "wishes", purposes=["newsletter", "alerts"])
    person.refresh_from_db()
    assert given(person) == {Purpose.NEWSLETTER, Purpose.ALERTS}
    assert person.state == State.ACTIVE
    assert suppression.reason(person.address) is None


@pytest.mark.parametrize("record", [record_complaint, record_hard_bounce])
def test_who_complained_or_bounced_signs_up_again_elsewhere(person: Participant, client: Any, record: Any) -> None:  # fmt: skip
    record(person)
    assert 'value="wishes"' not in client.get(page(person)).content.decode()
    assert send(client, person, "wishes", purposes=["newsletter"]).status_code == 200
    assert given(person) == set()


def test_a_pause_holds_mail_and_ends(person: Participant, client: Any) -> None:
    assert "done=pause" in send(client, person, "pause", months="3")["Location"]
    person.refresh_from_db()
    assert person.paused_until is not None
    assert why_not(person, Purpose.NEWSLETTER)
    assert given(person) == {Purpose.NEWSLETTER}
    send(client, person, "resume")
    person.refresh_from_db()
    assert why_not(person, Purpose.NEWSLETTER) is None
    for months in ("0", "13", "x", ""):
        assert send(client, person, "pause", months=months).status_code == 200
    person.refresh_from_db()
    assert person.paused_until is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 10, 20), 1, (2026, 11, 20)),
        ((2026, 3, 29), 12, (2027, 3, 29)),
    ],
)
def test_months_are_those_of_the_calendar(start: Any, months: int, end: Any) -> None:
    begun = timezone.make_aware(dt.datetime(*start, 10, 30))
    assert months_later(begun, months) == timezone.make_aware(dt.datetime(*end, 10, 30))


@over(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2040, 1, 1)), st.integers(1, 12))
@run(max_examples=100)
def test_a_pause_ends_that_many_months_on(naive: dt.datetime, months: int) -> None:
    begun = timezone.make_aware(naive)
    until = months_later(begun, months)
    assert (until.year * 12 + until.month) - (begun.year * 12 + begun.month) == months


def test_everything_as_json(person: Participant, client: Any) -> None:
    response = client.get(reverse("mine_download", args=[mine_token(person)]))
    held = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"]
    own = held["participants"]
    assert own["address"] == "anna@example.org"
    assert [fact["purpose"] for fact in own["consents"]] == ["newsletter"]
    assert not response.cookies


def test_earlier_links_end_and_the_page_goes_on(person: Participant, client: Any) -> None:
    old = page(person)
    response = send(client, person, "links")
    assert client.get(old).status_code == 404
    assert client.get(response["Location"].partition("#")[0]).status_code == 200


def test_erasing_leaves_nothing_of_the_person(person: Participant, client: Any) -> None:
    Note.objects.create(participant=person, text="Belde.")
    address = reverse("mine_erase", args=[mine_token(person)])
    assert "a•••@example.org" in client.get(address).content.decode()
    response = client.post(address, follow=True)
    assert "Alles is gewist" in response.content.decode()
    person.refresh_from_db()
    assert (person.state, person.address, person.name) == (State.ERASED, "", "")
    assert not Note.objects.exists()
    assert suppression.reason("anna@example.org") == State.ERASED
    assert [(act.kind, act.count, act.user) for act in Act.objects.all()] == [
        ("own_erasure", 1, None)
    ]
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("anna@example.org", "a•••@example.org"),
        ("a@example.org", "a•••@example.org"),
        ("zoë.de.boer+x@voorbeeld.nl", "z•••@voorbeeld.nl"),
        ("", "•••"),
    ],
)
def test_an_address_is_known_to_its_owner_only(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_the_number_of_queries_does_not_grow(person: Participant, client: Any, django_assert_max_num_queries: Any) -> None:  # fmt: skip
    for number in range(5):
        Note.objects.create(participant=person, text=f"Noot {number}")
    client.get(page(person))
    with django_assert_max_num_queries(25):
        client.get(page(person))
