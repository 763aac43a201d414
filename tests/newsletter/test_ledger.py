"""The statements that the ledger runs for every mail."""

from django.db import connection
from django.utils import timezone

import pytest

from newsletter.delivery import ledger_sql, looking_after
from newsletter.delivery.ledger_sql import Sent
from newsletter.models import Delivery
from tests.newsletter.sending import people, scheduled

pytestmark = pytest.mark.django_db


def test_what_begins_and_what_was_sent_are_written_together():
    people(3)
    scheduled()
    looking_after.begin_due()
    Delivery.objects.update(state="claimed", claim="me")
    first, second, third = Delivery.objects.order_by("pk").values_list("pk", flat=True)
    assert ledger_sql.write("me", [], [first], timezone.now()) == 1
    sent = [Sent(first, "250 thanks", "u0@example.org")]
    assert ledger_sql.write("me", sent, [second], timezone.now()) == 1
    assert ledger_sql.write("another", [Sent(second, "250", "")], [third], timezone.now()) == 0
    found = Delivery.objects.order_by("pk").values_list("state", "reply", "attempts")
    assert list(found) == [("sent", "250 thanks", 1), ("attempting", "", 1), ("claimed", "", 0)]


def test_postgresql_reads_and_plans_the_statement_once():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection.prepare_threshold = None  # as in a connection just made
    for _twice in range(2):
        assert ledger_sql.write("me", [Sent(0, "250", "")], [0], timezone.now()) == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE 'WITH sent AS%'"
        )
        assert cursor.fetchall() == [(2, 0)]
