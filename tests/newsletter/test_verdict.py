"""The judge of the measurements of delivery: each kind of broken promise is seen."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

import pytest

from benchmarks.sending.run import facts
from benchmarks.sending.verdict import compare
from newsletter.delivery import looking_after
from newsletter.models import Delivery
from tests.newsletter.sending import people, scheduled

pytestmark = pytest.mark.django_db
NAMES = ["u0", "u1", "u2", "u3"]


def judged(tmp_path: Any, states: list[str], events: list[tuple[str, str]]) -> list[str]:
    """Have rows in these states and a server that says so; return the broken promises."""
    people(len(NAMES))
    edition = scheduled()
    looking_after.begin_due()
    for name, state in zip(NAMES, states, strict=True):
        Delivery.objects.filter(address=f"{name}@example.org").update(
            state=state, sent_at=timezone.now()
        )
    lines = [
        {"event": event, "to": f"{name}@example.org", "id": f"e{edition.pk}.{name}@hub"}
        for event, name in events
    ]
    spool = tmp_path / "spool.jsonl"
    spool.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return compare(facts(edition, 1.0, 0.0), spool, len(NAMES)).broken


ALL_TAKEN = [("taken", name) for name in NAMES]


@pytest.mark.parametrize(
    ("states", "events"),
    [
        (["sent"] * 4, ALL_TAKEN),
        (["sent", "sent", "sent", "in_doubt"], [*ALL_TAKEN[:3], ("lost", "u3")]),
        (["sent", "sent", "sent", "in_doubt"], [*ALL_TAKEN[:3], ("cut", "u3")]),
        (["sent"] * 4, [("cut", "u0"), *ALL_TAKEN]),
        (["sent", "sent", "sent", "permanent"], [*ALL_TAKEN[:3], ("refused", "u3")]),
        (["sent"] * 4, [("put off", "u1"), *ALL_TAKEN]),
    ],
)
def test_kept(tmp_path, states, events):
    assert judged(tmp_path, states, events) == []


@pytest.mark.parametrize(
    ("states", "events", "word"),
    [
        (["sent"] * 4, [*ALL_TAKEN, ("taken", "u1")], "copies"),
        (["sent", "sent", "sent", "in_doubt"], [*ALL_TAKEN, ("lost", "u3")], "copies"),
        (["sent"] * 4, ALL_TAKEN[:3], "silence"),
        (["sent", "sent", "sent", "queued"], ALL_TAKEN[:3], "silence"),
        (["sent", "sent", "sent", "skipped"], ALL_TAKEN[:3], "silence"),
        (["sent"] * 4, [*ALL_TAKEN[:3], ("lost", "u3")], "not in doubt"),
        (["sent", "sent", "sent", "in_doubt"], ALL_TAKEN, "without a reason"),
        (["sent", "sent", "sent", "permanent"], ALL_TAKEN, "permanent"),
        (["sent"] * 4, [*ALL_TAKEN, ("refused", "u3")], "permanent"),
    ],
)
def test_broken(tmp_path, states, events, word):
    assert any(word in sentence for sentence in judged(tmp_path, states, events))


def test_somebody_without_a_row_or_a_name(tmp_path):
    people(4)
    edition = scheduled()
    looking_after.begin_due()
    Delivery.objects.filter(address="u0@example.org").delete()
    Delivery.objects.update(state="sent", sent_at=timezone.now())
    Delivery.objects.filter(address="u1@example.org").update(state="in_doubt", address="")
    spool = tmp_path / "spool.jsonl"
    lines = [
        {"event": "taken", "to": f"u{at}@example.org", "id": f"e{edition.pk}.x@hub"}
        for at in (2, 3)
    ]
    spool.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    broken = compare(facts(edition, 1.0, 0.0), spool, 4).broken
    assert any("1 people lost" in sentence for sentence in broken)
    assert any("not named" in sentence for sentence in broken)
