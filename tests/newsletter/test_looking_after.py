"""What senders do now and then: letting go of the addresses of old deliveries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

import pytest

from newsletter.delivery.looking_after import forget_addresses
from newsletter.models import Delivery, Edition
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "days", "row", "stays"),
    [
        ("sent", 89, "sent", True),
        ("sent", 91, "sent", False),
        ("sent", 91, "in_doubt", False),
        ("stopped", 91, "permanent", False),
        ("paused", 89, "sent", True),
        ("paused", 91, "sent", False),
        ("paused", 91, "temporary", True),
        ("failed", 91, "sent", False),
        ("sending", 91, "temporary", True),
    ],
)
def test_a_delivery_loses_the_address_after_its_term(
    settings: Any, state: str, days: int, row: str, stays: bool
) -> None:
    """One that still has to go out keeps it; what happened stays as a count."""
    settings.NEWSLETTER_LOG_DAYS = 90
    ended = state in ("sent", "stopped")
    edition = Edition.objects.create(
        title="Oktober",
        state=state,
        started_at=NOW - days * DAY,
        finished_at=NOW - days * DAY if ended else None,
    )
    person = make_participant("anna@zeldzaam.example")
    delivery = Delivery.objects.create(
        edition=edition,
        participant=person,
        state=row,
        address=person.address,
        domain="zeldzaam.example",
        reply="550 no such user",
    )
    forget_addresses(NOW)
    delivery.refresh_from_db()
    kept = (delivery.address, delivery.domain, delivery.reply)
    assert (kept == ("", "", "")) is not stays
    assert (delivery.state, delivery.participant) == (row, person)
