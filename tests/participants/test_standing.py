import datetime as dt
import re
import uuid
from unittest import mock

from django.db import connection
from django.utils import timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants import mine, standing, suppression
from participants.consent import (
    ConsentError,
    agreeing,
    give,
    mailable,
    stored_text,
    why_not,
    withdraw,
    withdraw_all,
)
from participants.consent import given as agreed
from participants.enums import ADMITTING, STOPPED, Method, Purpose, State
from participants.models import Consent, ConsentText, Participant, Pause, Suppression
from participants.models.consent import AppendOnlyError
from participants.standing import MOST_SOFT_BOUNCES, ONE_BOUNCE_PER
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
GIVING = [Method.CONFIRMED, Method.OWN_PAGE, Method.IMPORT, Method.EDITOR]

EVENTS = st.one_of(
    st.tuples(st.just("pause"), st.integers(1, 3), st.none()),
    st.tuples(st.just("resume"), st.none(), st.none()),
    st.tuples(st.just("give"), st.sampled_from(Purpose), st.sampled_from(GIVING)),
    st.tuples(st.just("withdraw"), st.sampled_from(Purpose), st.just(Method.LINK)),
    st.tuples(st.just("all"), st.none(), st.just(Method.ONE_CLICK)),
    st.tuples(
        st.sampled_from(["hard", "soft", "complaint", "delivered", "address", "erase"]),
        st.none(),
        st.none(),
    ),
)


def happen(person, event, at):
    """Let one thing happen to a person, as the outside world would."""
    kind, purpose, method = event
    if kind == "give":
        try:
            give(person, purpose, method=method, at=at)
        except ConsentError:
            assert method not in ADMITTING[State(person.state)] or method == Method.IMPORT
    elif kind == "withdraw":
        withdraw(person, purpose, method=method, at=at)
    elif kind == "all":
        withdraw_all(person, method=method, at=at)
    elif kind in ("pause", "resume", "delivered"):
        act = {
            "pause": lambda: mine.pause(person, purpose, at),
            "resume": lambda: mine.resume(person, at),
            "delivered": lambda: standing.record_delivered(person),
        }
        act[kind]()
    elif kind == "address":
        if person.state != State.ERASED:
            standing.change_address(person, f"{uuid.uuid4().hex}@example.org")
    elif kind == "erase":
        standing.erase(person, at)
    else:
        record = {
            "hard": standing.record_hard_bounce,
            "soft": standing.record_soft_bounce,
            "complaint": standing.record_complaint,
        }
        record[kind](person, at)


def check(person, address):
    """Hold what is true of everybody at every moment; return what they may be mailed for."""
    fresh = Participant.objects.get(pk=person.pk)
    assert (fresh.state, fresh.address) == (person.state, person.address)
    wanted = agreed(fresh)
    assert bool(wanted) is (fresh.state == State.ACTIVE)
    on_list = suppression.reason(address)
    assert on_list == (fresh.state if fresh.state in STOPPED else None)
    assert (fresh.address == "") is (fresh.state == State.ERASED)
    may = {purpose for purpose in Purpose if mailable(purpose).filter(pk=fresh.pk).exists()}
    assert may == (set() if fresh.is_paused() else wanted)
    assert may == {purpose for purpose in Purpose if why_not(fresh, purpose) is None}
    return may


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(EVENTS, st.integers(0, 70)), max_size=9))
def test_any_order_of_events_keeps_what_must_be_true_and_can_be_told_afterwards(events):
    """A pause of some months runs out between two events, or not; both are looked at."""
    seen, at = {}, START
    with mock.patch.object(timezone, "now", lambda: at):
        person = make_participant(f"{uuid.uuid4().hex}@example.org")
        address = person.address
        for event, days in events:
            happen(person, event, at)
            address = person.address or address
            for later in (dt.timedelta(hours=1), dt.timedelta(days=days)):
                at += later
                seen[at] = (agreed(person), check(person, address))
            at += dt.timedelta(hours=1)
    for moment, (wanted, may) in seen.items():
        assert agreed(person, moment) == wanted
        for purpose in Purpose:
            told = mailable(purpose, moment).filter(pk=person.pk).exists()
            assert told is (purpose in may)
            then = agreeing(purpose, moment).filter(pk=person.pk).exists()
            assert then is (purpose in wanted)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("method", Method)
def test_which_way_of_agreeing_counts_in_which_state(state, method):
    person = make_participant()
    if state not in (State.PENDING, State.ERASED):
        give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    moves = {
        State.UNSUBSCRIBED: lambda: withdraw_all(person, method=Method.LINK),
        State.BOUNCED: lambda: standing.record_hard_bounce(person),
        State.COMPLAINED: lambda: standing.record_complaint(person),
        State.ERASED: lambda: standing.erase(person),
    }
    moves.get(state, lambda: None)()
    assert person.state == state
    if method in ADMITTING[state]:
        give(person, Purpose.MEETINGS, method=method)
        assert person.state == State.ACTIVE
    else:
        with pytest.raises(ConsentError):
            give(person, Purpose.MEETINGS, method=method)
        assert person.state == state


def test_an_import_brings_nobody_back_who_was_erased():
    person = make_participant("weg@example.org", "newsletter")
    standing.erase(person)
    again = make_participant("WEG@Example.org")
    with pytest.raises(ConsentError):
        give(again, Purpose.NEWSLETTER, method=Method.IMPORT)
    assert suppression.reasons(["Weg@example.org", "nieuw@example.org"]) == {
        "Weg@example.org": State.ERASED
    }
    give(again, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    assert suppression.reason("weg@example.org") is None


def test_an_erased_person_leaves_nothing_that_says_who_they_were():
    person = make_participant("Jan.Weg@example.org", "newsletter", name="Jan Weg")
    standing.erase(person)
    standing.erase(person)
    for model in (Participant, Consent, Suppression):
        text = str(list(model.objects.values()))
        assert "jan" not in text.lower()
    assert Suppression.objects.count() == 1


def test_the_list_of_addresses_outlives_a_change_of_key(settings):
    suppression.suppress("weg@example.org", State.COMPLAINED)
    settings.PEOPLE_KEYS = ["nieuw" * 10, *settings.PEOPLE_KEYS]
    assert suppression.reason("weg@example.org") == State.COMPLAINED
    suppression.suppress("weg@example.org", State.ERASED)
    assert Suppression.objects.count() == 1
    settings.PEOPLE_KEYS = ["nieuw" * 10]
    assert suppression.reason("weg@example.org") == State.ERASED


def test_facts_are_written_once():
    person = make_participant("anna@example.org", "newsletter")
    fact = Consent.objects.get()
    fact.given = False
    for change in (
        fact.save,
        fact.delete,
        Consent.objects.all().delete,
        lambda: Consent.objects.update(given=False),
        lambda: Consent.objects.bulk_update([fact], ["given"]),
        lambda: person.consents.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert Consent.objects.get().given


def test_a_text_is_one_version_and_a_change_is_the_next():
    first = stored_text(Purpose.NEWSLETTER, "nl", "Ja.")
    assert stored_text(Purpose.NEWSLETTER, "nl", "Ja.") == first
    second = stored_text(Purpose.NEWSLETTER, "nl", "Ja, graag.")
    assert [first.version, second.version] == [1, 2]
    assert stored_text(Purpose.NEWSLETTER, "en", "Yes.").version == 1
    assert ConsentText.objects.count() == 3


def test_soft_bounces_stop_mail_only_when_nothing_arrives_for_days():
    person = make_participant("vol@example.org", "newsletter")
    for _mail in range(MOST_SOFT_BOUNCES + 3):
        standing.record_soft_bounce(person, START)  # all at one moment: one fact
    assert (person.state, person.soft_bounces) == (State.ACTIVE, 1)
    standing.record_delivered(person)
    assert person.soft_bounces == 0
    for day in range(MOST_SOFT_BOUNCES):
        assert person.state == State.ACTIVE
        standing.record_soft_bounce(person, START + day * (ONE_BOUNCE_PER + dt.timedelta(hours=4)))
    assert person.state == State.BOUNCED
    assert not mailable(Purpose.NEWSLETTER).exists()


def test_a_pause_is_silence_and_no_withdrawal():
    person = make_participant("stil@example.org", "newsletter")
    person.paused_until = timezone.now() + dt.timedelta(days=30)
    person.save()
    assert not mailable(Purpose.NEWSLETTER).exists()
    assert "geen mail tot" in why_not(person, Purpose.NEWSLETTER)
    assert agreed(person) == {Purpose.NEWSLETTER}
    assert why_not(person, Purpose.NEWSLETTER, person.paused_until) is None


def test_a_pause_is_asked_changed_and_ended_in_facts_that_stay():
    person = make_participant("stil@example.org", "newsletter")
    mine.pause(person, 3, START)
    mine.pause(person, 1, START + dt.timedelta(days=2))
    mine.resume(person, START + dt.timedelta(days=5))
    mine.resume(person, START + dt.timedelta(days=6))
    days = [(fact.at - START).days for fact in person.pauses.order_by("pk")]
    assert days == [0, 2, 5]
    for change in (
        lambda: person.pauses.first().save(),
        lambda: person.pauses.all().delete(),
        lambda: Pause.objects.update(until=None),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_who_leaves_in_a_pause_and_comes_back_is_mailed_again():
    person = make_participant("terug@example.org", "newsletter")
    mine.pause(person, 12)
    withdraw_all(person, method=Method.LINK)
    assert person.is_paused()
    give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    assert not person.is_paused()
    assert mailable(Purpose.NEWSLETTER).exists()
    assert mailable(Purpose.NEWSLETTER, timezone.now()).exists()


@pytest.mark.parametrize("at", [None, START])
def test_who_may_be_mailed_is_one_query_that_looks_up_facts_by_index(at):
    people = mailable(Purpose.NEWSLETTER, at).filter(pk__in=[1, 2, 3]).order_by("pk")
    plan = people.explain().splitlines()
    steps = [line for line in plan if re.search("SCAN|SEARCH", line)]
    if connection.vendor == "sqlite":
        assert len(steps) == (2 if at is None else 3), plan
        assert all("SEARCH" in step for step in steps), plan
        assert sum("participant_id=?" in step for step in steps) == len(steps) - 1, plan
    assert str(people.query).count("SELECT") == (2 if at is None else 3)


def test_two_spellings_of_an_address_are_one_person():
    make_participant("Anna@Example.org")
    assert Participant.objects.with_address(" anna@EXAMPLE.ORG ").exists()
    assert not Participant.objects.with_address("an.na@example.org").exists()
