"""Senders that die at any moment: real processes, killed. Rows: `test_any_order`."""

from __future__ import annotations

import collections
import multiprocessing
import time

from django.db import connections

import pytest

from newsletter.delivery.worker import Worker
from newsletter.enums import EditionState
from newsletter.models import Delivery
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
