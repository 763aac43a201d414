"""Senders that die at any moment: a real process killed, and every order of events in rows."""

from __future__ import annotations

import collections
import multiprocessing
import time

from django.db import connections
from django.utils import timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.delivery import claiming, control, ledger, looking_after
from newsletter.delivery.ledger import Ended
from newsletter.delivery.outcomes import Outcome
from newsletter.delivery.worker import Worker
from newsletter.enums import UNFINISHED, DeliveryState, EditionState
from newsletter.models import Delivery, Edition, Sender
from participants.models import Participant
from tests.newsletter.sending import people, quick, scheduled, send, sink, states

__all__ = ["quick", "sink"]
CONNECTIONS = 3


def run_sender() -> None:
    # A connection that came along over the fork is the parent's: leave it alone.
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None
    Worker(CONNECTIONS).run()


@pytest.mark.django_db(transaction=True)
def test_killed_senders_double_and_lose_nothing(sink, site_tree):
    people(90)
    edition = scheduled()
    for enough in (10, 35, 60):
        connections.close_all()
        child = multiprocessing.get_context("fork").Process(target=run_sender)
        child.start()
        end = time.monotonic() + 20
        while len(sink.taken) < enough and time.monotonic() < end:
            time.sleep(0.001)
        child.kill()
        child.join(10)
        assert Delivery.objects.filter(state="attempting").count() <= CONNECTIONS
    send(CONNECTIONS)
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT
    taken = collections.Counter(taken.recipient for taken in sink.taken)
    assert max(taken.values()) == 1
    found = states(edition)
    assert set(found) <= {"sent", "in_doubt"} and sum(found.values()) == 90
    assert found.get("in_doubt", 0) <= 3 * CONNECTIONS
    for row in Delivery.objects.filter(state="sent"):
        assert taken[row.address] == 1
    assert all(row.participant.address for row in Delivery.objects.in_doubt())  # named


ENDS = [
    DeliveryState.SENT,
    DeliveryState.TEMPORARY,
    DeliveryState.PERMANENT,
    DeliveryState.IN_DOUBT,
    DeliveryState.QUEUED,
]
orders = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.sampled_from("ab")),
        st.tuples(st.just("begin"), st.sampled_from("ab")),
        st.tuples(st.just("end"), st.sampled_from("ab"), st.sampled_from(ENDS)),
        st.tuples(st.just("dies"), st.sampled_from("ab")),
        st.tuples(st.sampled_from(["pause", "resume", "retry", "finish", "again"])),
    ),
    max_size=25,
)


class Rows:
    """The rows of an edition under two senders, and what the server took meanwhile."""

    def __init__(self) -> None:
        self.edition = scheduled()
        self.keys = {who: self.sign_on() for who in "ab"}
        looking_after.begin_due()
        self.in_hand = {"a": [], "b": []}
        self.begun = {"a": [], "b": []}
        self.taken: collections.Counter[int] = collections.Counter()
        self.allowed: collections.Counter[int] = collections.Counter()

    def sign_on(self) -> str:
        now = timezone.now()
        key = f"{Sender.objects.count()}{now.timestamp()}".ljust(32, "x")[:32]
        Sender.objects.create(
            key=key, name="elsewhere:1:1", connections=1, started_at=now, seen_at=now
        )
        return key

    def state(self) -> str:
        return Edition.objects.get(pk=self.edition.pk).state

    def claim(self, who: str) -> None:
        self.in_hand[who] += claiming.claim(self.keys[who], 1)

    def begin(self, who: str) -> None:
        if self.in_hand[who] and not self.begun[who]:
            job = self.in_hand[who].pop()
            if ledger.commit(self.keys[who], [], [job]):
                self.begun[who].append(job)

    def end(self, who: str, state: DeliveryState) -> None:
        if self.begun[who]:
            job = self.begun[who].pop()
            if state in (DeliveryState.SENT, DeliveryState.IN_DOUBT):
                self.taken[job.delivery] += 1
            ledger.commit(self.keys[who], [Ended(job, Outcome(state, "250"))], [])

    def dies(self, who: str) -> None:
        for job in self.begun[who]:
            self.taken[job.delivery] += 1  # the worst: the server took it
        self.in_hand[who], self.begun[who] = [], []
        Sender.objects.filter(key=self.keys[who]).delete()
        looking_after.release_dead()
        self.keys[who] = self.sign_on()

    def pause(self) -> None:
        if self.state() == EditionState.SENDING:
            control.pause(self.edition)

    def resume(self) -> None:
        if self.state() == EditionState.PAUSED:
            control.resume(self.edition)

    def retry(self) -> None:
        Delivery.objects.filter(state="temporary").update(retry_at=timezone.now())
        looking_after.wake_temporary()

    def finish(self) -> None:
        looking_after.finish_done()
        if self.state() == EditionState.SENT:
            left = self.edition.deliveries.filter(state__in=UNFINISHED)
            assert not left.exists()

    def again(self) -> None:
        doubtful = list(self.edition.deliveries.in_doubt().values_list("pk", flat=True)[:1])
        control.send_again(doubtful, None)
        self.allowed.update(doubtful)

    def check(self) -> None:
        for row in self.edition.deliveries.all():
            assert self.taken[row.pk] <= 1 + self.allowed[row.pk]
            if row.state == DeliveryState.SENT:
                assert self.taken[row.pk]
        assert self.edition.deliveries.filter(state="attempting").count() <= 2


@pytest.mark.django_db
@given(orders)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_events_keeps_the_promises(quick, order):
    Edition.objects.update(state=EditionState.STOPPED)
    Sender.objects.all().delete()
    if not Participant.objects.exists():
        people(3)
    rows = Rows()
    for name, *arguments in order:
        getattr(rows, name)(*arguments)
        rows.check()
