"""Any order of events keeps the promises of a delivery: nobody twice, nobody lost in silence.

The events are all that can happen to a row: two senders that claim, begin and hear every
answer at every stage, that die or are only slow; editors who pause, stop and decide; people
who leave, come back, change address or are erased; and a database that is put back. What a
mail server really took is kept beside the rows and compared after every event.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsletter.delivery.outcomes import Answer, Stage
from participants.models import Participant
from tests.newsletter.any_order import PEOPLE, SENDERS, TAKEN, World
from tests.newsletter.sending import people, quick

__all__ = ["quick"]

ANSWERS = [
    Answer(stage, code, text)
    for stage in (Stage.SENDER, Stage.RECIPIENT, Stage.DATA, Stage.MESSAGE)
    for code, text in (
        (0, "lost"),
        (421, "4.3.2 closing"),
        (451, "4.7.1 later"),
        (550, "5.1.1 no such user"),
        (550, "5.7.1 not from you"),
        (999, "what?"),
    )
] + [TAKEN] * 6
OFFERED = [Answer(Stage.GREETING, 0, "no way there")] + [
    answer for answer in ANSWERS if answer.stage is not Stage.MESSAGE
]
"""Answers that come before the text of a mail is asked for, and before it begins."""

sender = st.sampled_from(SENDERS)
who = st.integers(0, PEOPLE - 1)
orders = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), sender, st.integers(1, 2)),
        st.tuples(st.just("begin"), sender),
        st.tuples(st.just("begin"), sender),
        st.tuples(st.just("hears"), sender, st.sampled_from(ANSWERS), st.booleans()),
        st.tuples(st.just("hears"), sender, st.just(TAKEN), st.just(True)),
        st.tuples(st.just("is_refused"), sender, st.sampled_from(OFFERED)),
        st.tuples(st.sampled_from(["dies", "is_slow", "puts_back"]), sender),
        st.tuples(st.sampled_from(["leaves", "comes_back", "silences", "moves", "is_erased"]), who),
        st.tuples(st.sampled_from(["pause", "resume", "stop", "retry", "finish", "beat"])),
        st.tuples(st.sampled_from(["considered_sent", "sent_again", "backup", "restore"])),
        st.tuples(st.just("send_from_here")),
    ),
    max_size=40,
)


def play(order: list[tuple[Any, ...]]) -> None:
    """Let events happen in some order to a new edition."""
    world = World()
    for name, *arguments in order:
        getattr(world, name)(*arguments)
        world.check()
    world.drain()


NONSENSE = Answer(Stage.MESSAGE, 999, "what?")
OK, LOST, LATER = TAKEN, Answer(Stage.MESSAGE, 0, "lost"), ANSWERS[2]
SLOW = [("claim", "a", 1), ("is_slow", "a"), ("claim", "b", 1)]
BACK = [("backup",), ("claim", "a", 1), ("begin", "a"), ("hears", "a", OK, True), ("beat",)]


@pytest.mark.django_db
# What is known to be dangerous is tried every time; chance tries the rest.
@example([*SLOW, ("begin", "a"), ("begin", "b")])
@example([*SLOW, ("puts_back", "a"), ("claim", "a", 1), ("begin", "b"), ("begin", "a")])
@example([*SLOW, ("begin", "b"), ("begin", "a"), ("hears", "b", OK, True)])
@example([("claim", "a", 2), ("begin", "a"), ("is_slow", "a"), ("hears", "a", OK, True)])
@example([("claim", "a", 1), ("begin", "a"), ("puts_back", "a"), ("hears", "a", LOST, True)])
@example(
    [
        ("claim", "a", 1),
        ("begin", "a"),
        ("is_slow", "a"),
        ("sent_again",),
        ("claim", "b", 1),
        ("begin", "b"),
        ("hears", "a", OK, True),
        ("hears", "b", LOST, True),
    ]
)
@example(
    [
        ("claim", "a", 1),
        ("begin", "a"),
        ("is_slow", "a"),
        ("sent_again",),
        ("claim", "b", 1),
        ("begin", "b"),
        ("hears", "a", LATER, True),
        ("retry",),
        ("claim", "a", 1),
    ]
)
@example(
    [
        ("claim", "a", 1),
        ("begin", "a"),
        ("is_slow", "a"),
        ("considered_sent",),
        ("hears", "a", LATER, False),
        ("retry",),
    ]
)
@example([("claim", "a", 1), ("begin", "a"), ("hears", "a", NONSENSE, True)])
@example([("claim", "a", 1), ("begin", "a"), ("dies", "a")])
@example([("claim", "a", 1), ("pause",), ("begin", "a")])
@example([("claim", "a", 1), ("stop",), ("begin", "a")])
@example([("claim", "a", 1), ("begin", "a"), ("stop",), ("hears", "a", LATER, False), ("retry",)])
@example([("claim", "a", 2), ("is_erased", 0), ("begin", "a"), ("hears", "a", OK, True)])
@example([("claim", "a", 1), ("begin", "a"), ("is_erased", 0), ("hears", "a", OK, True)])
@example([("claim", "a", 1), ("begin", "a"), ("hears", "a", LATER, False), ("finish",), ("retry",)])
@example([("leaves", 0), ("silences", 1), ("claim", "a", 2)])
@example([*SLOW, ("is_refused", "a", ANSWERS[3]), ("begin", "b"), ("hears", "b", OK, True)])
@example([*BACK, ("restore",), ("claim", "a", 2), ("resume",), ("claim", "b", 2)])
@given(orders)
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_order_of_events_keeps_the_promises(quick, order):
    if not Participant.objects.exists():
        people(PEOPLE)
    with transaction.atomic():
        point = transaction.savepoint()
        play(order)
        transaction.savepoint_rollback(point)
