"""Sending an edition, from the rows to a server and back, with what servers do wrong."""

from __future__ import annotations

import collections
import datetime as dt
from typing import Any

from django.utils import timezone

import pytest

from newsletter import scheduling
from newsletter.delivery import control, looking_after
from newsletter.delivery.worker import Worker
from newsletter.enums import DeliveryState, EditionState, SkipReason
from newsletter.models import Delivery, Edition
from participants.consent import withdraw
from participants.enums import Method, Purpose, State
from participants.standing import erase
from tests.newsletter.sending import (
    approved,
    hold_shortly,
    people,
    person,
    quick,
    scheduled,
    send,
    sink,
    states,
)

__all__ = ["quick", "sink"]
pytestmark = pytest.mark.django_db


def addresses(sink: Any) -> list[str]:
    return sorted(taken.recipient for taken in sink.taken)


def test_everybody_gets_it_once_in_their_language(sink):
    people(30)
    person("ann@example.org", "Ann", "en")
    edition = scheduled()
    send(connections=4)
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT
    assert states(edition) == {"sent": 31}
    assert len(set(addresses(sink))) == len(sink.taken) == 31
    english = next(taken for taken in sink.taken if taken.recipient == "ann@example.org")
    assert b"Subject: Nieuws en" in english.message
    assert len({taken.sender for taken in sink.taken}) == 31
    row = Delivery.objects.get(address="ann@example.org")
    assert row.reply.startswith("250") and row.sent_at and row.attempts == 1


def test_sending_again_sends_nothing(sink):
    people(3)
    edition = scheduled()
    send()
    Edition.objects.filter(pk=edition.pk).update(
        state=EditionState.SENDING, queued_at=None, queueing_until=None
    )
    person("later@example.org")
    send()
    assert collections.Counter(addresses(sink)) == {
        "u0@example.org": 1,
        "u1@example.org": 1,
        "u2@example.org": 1,
        "later@example.org": 1,
    }


def test_who_left_after_queueing_gets_nothing(sink):
    ana, bo, cas, dirk = people(4)
    edition = scheduled()
    looking_after.begin_due()
    withdraw(ana, Purpose.NEWSLETTER, method=Method.LINK)
    bo.paused_until = timezone.now() + dt.timedelta(days=30)
    bo.save()
    cas.address = "new@example.org"
    cas.save()
    send()
    assert addresses(sink) == ["new@example.org", dirk.address]
    reasons = Delivery.objects.filter(edition=edition, state="skipped")
    assert set(reasons.values_list("participant", "skipped_because")) == {
        (ana.pk, SkipReason.NO_CONSENT),
        (bo.pk, SkipReason.PAUSED),
    }


@pytest.mark.parametrize("extensions", [(), ("8BITMIME",), ("PIPELINING", "8BITMIME")])
def test_refusals_for_now_are_tried_again_and_for_good_are_not(sink, extensions):
    sink.faults.extensions = extensions
    sink.faults.refuse_now_every = 5
    sink.faults.no_such = "u7@"
    people(12)
    edition = scheduled()
    send()
    assert states(edition) == {"sent": 11, "permanent": 1}
    assert len(sink.taken) == len(set(addresses(sink))) == 11
    gone = Delivery.objects.get(state="permanent")
    assert gone.reply.startswith("550 5.1.1") and gone.bounced_at
    assert gone.participant.state == State.BOUNCED


def test_a_lost_answer_is_in_doubt_until_an_editor_decides(sink, editor):
    sink.faults.lose_answer_every = 4
    people(8)
    edition = scheduled()
    send()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT
    assert states(edition) == {"sent": 6, "in_doubt": 2}
    assert len(sink.taken) == 8  # the server had taken them all
    first, second = Delivery.objects.in_doubt().values_list("pk", flat=True)
    assert control.consider_sent([first], editor) == 1
    sink.faults.lose_answer_every = 0
    assert control.send_again([second, first], editor) == 1
    send()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT
    assert states(edition) == {"sent": 8}
    assert len(sink.taken) == 9
    again = Delivery.objects.get(pk=second)
    ids = [t.message_id for t in sink.taken if t.recipient == again.address]
    assert len(ids) == 2 and ids[0] == ids[1]
    assert again.decided_by == editor


@pytest.mark.parametrize(
    "fault",
    [{"close_after_every": 3}, {"turn_away_every": 3}, {"cut_every": 6}],
    ids=lambda fault: next(iter(fault)),
)
def test_a_server_that_hangs_up_loses_and_doubles_nothing(sink, fault, monkeypatch):
    hold_shortly(monkeypatch)
    for name, value in fault.items():
        setattr(sink.faults, name, value)
    people(10)
    edition = scheduled()
    send(connections=1)
    found = states(edition)
    assert found.get("sent", 0) + found.get("in_doubt", 0) == 10
    assert len(sink.taken) == found["sent"] == len(set(addresses(sink)))
    assert ("cut_every" in fault) == ("in_doubt" in found)


def test_pause_holds_at_the_next_delivery_and_resume_goes_on(sink):
    people(40)
    edition = scheduled()
    seen = sink.taken.append

    def pause_at_ten(taken):
        seen(taken)
        if len(sink.taken) == 10:
            sender.stopping.set()

    sink.on_taken = pause_at_ten
    sender = Worker(2)
    sender.run()
    # Each connection ends what it had begun, and what it was let begin at that moment.
    stopped_at = len(sink.taken)
    assert 10 <= stopped_at <= 10 + 2 * 2
    control.pause(edition)
    assert not Delivery.objects.filter(state__in=("claimed", "attempting")).exists()
    send()
    assert len(sink.taken) == stopped_at
    control.resume(edition)
    send()
    assert states(edition) == {"sent": 40}
    assert len(set(addresses(sink))) == len(sink.taken) == 40


def test_a_paused_edition_does_not_begin_what_is_in_hand(sink):
    from newsletter.delivery import claiming, ledger

    people(3)
    edition = scheduled()
    looking_after.begin_due()
    jobs = claiming.claim("k" * 32, 10)
    control.pause(edition)
    assert ledger.commit("k" * 32, [], jobs) == set()
    assert states(edition) == {"queued": 3}


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.PERMANENT])
def test_an_answer_after_an_erasure_keeps_no_address(sink, state):
    from newsletter.delivery import claiming, ledger
    from newsletter.delivery.outcomes import Outcome

    ana = person("ana@example.org")
    edition = scheduled()
    looking_after.begin_due()
    jobs = claiming.claim("k" * 32, 10)
    assert ledger.commit("k" * 32, [], jobs) == {jobs[0].delivery}
    erase(ana)
    ended = [ledger.Ended(jobs[0], Outcome(state, "about <ana@example.org>"))]
    ledger.commit("k" * 32, ended, [])
    row = Delivery.objects.get(edition=edition)
    assert (row.state, row.reply, row.address, row.participant) == (state, "", "", None)


def test_stop_is_for_good(sink):
    people(3)
    edition = scheduled()
    looking_after.begin_due()
    control.stop(edition)
    send()
    assert sink.taken == []
    assert states(edition) == {"skipped": 3}
    with pytest.raises(control.WrongStateError):
        control.resume(edition)


def test_a_server_that_refuses_everything_pauses_the_edition(sink):
    sink.faults.reject_data = "550 5.7.515 Access denied"
    people(30)
    edition = scheduled()
    send()
    edition.refresh_from_db()
    assert edition.state == EditionState.PAUSED
    assert "5.7.515" in edition.reason
    assert states(edition)["permanent"] < 30
    assert not Delivery.objects.exclude(bounced_at=None).exists()


def test_a_sender_we_may_not_use_costs_nobody_their_mail(sink, monkeypatch):
    hold_shortly(monkeypatch)
    sink.faults.reject = "530 5.7.0 Authentication required"
    people(3)
    edition = scheduled()
    sender = Worker(1)
    sink.on_taken = sink.taken.append
    turns = iter(range(12))
    real = sender._turn

    def some_turns():
        if next(turns, None) is None:
            sink.faults.reject = ""
        return real()

    sender._turn = some_turns
    sender.run(until_done=True)
    assert states(edition) == {"sent": 3}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_too_late_waits_for_an_editor(sink):
    people(1)
    past = timezone.now() - dt.timedelta(hours=3)
    edition = approved(scheduled_at=past)
    Edition.objects.update(state=EditionState.SCHEDULED)
    send()
    edition.refresh_from_db()
    assert (edition.state, sink.taken) == (EditionState.LATE, [])
    scheduling.send_now(edition_id=edition.pk)
    send()
    assert len(sink.taken) == 1


def test_an_edition_that_nobody_looked_after_waits_for_an_editor(sink):
    people(2)
    edition = scheduled()
    looking_after.begin_due()
    Edition.objects.update(active_at=timezone.now() - dt.timedelta(hours=3))
    send()
    edition.refresh_from_db()
    assert (edition.state, sink.taken) == (EditionState.PAUSED, [])
    assert edition.reason


def test_in_a_folder(quick, settings, tmp_path):
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    people(2)
    edition = scheduled()
    send()
    assert states(edition) == {"sent": 2}
    written = [path.read_bytes() for path in (tmp_path / "mail").glob("*.eml")]
    assert len(written) == 2
    assert all(text.startswith(b"Return-Path: <") for text in written)


def test_what_a_dead_sender_had_in_hand(db):
    people(4)
    edition = scheduled()
    looking_after.begin_due()
    rows = list(Delivery.objects.order_by("pk"))
    for row, state in zip(rows, ("claimed", "attempting", "sent", "temporary"), strict=True):
        Delivery.objects.filter(pk=row.pk).update(state=state, claim="gone")
    looking_after.release_dead()
    found = list(Delivery.objects.order_by("pk").values_list("state", flat=True))
    assert found == ["queued", "in_doubt", "sent", "temporary"]
    assert edition.deliveries.get(pk=rows[0].pk).state == DeliveryState.QUEUED
