"""Who got an edition, one row a person: on a screen and as CSV.

It holds addresses: show it only to `participants.permissions.user_can_manage_people`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.spreadsheet import csv_lines
from newsletter.enums import DeliveryState, SkipReason
from newsletter.models import Delivery, Edition

AT_A_TIME = 2000


def rows(edition: Edition, *, state: str = "", words: str = "") -> QuerySet[Delivery]:
    """Return the deliveries of an edition in a state, with words in address or answer."""
    found = Delivery.objects.filter(edition=edition).select_related("participant", "mail")
    if state in DeliveryState.values:
        found = found.filter(state=state)
    if words.strip():
        found = found.filter(address__icontains=words.strip()) | found.filter(
            reply__icontains=words.strip()
        )
    return found.order_by("pk")


def as_csv(found: QuerySet[Delivery]) -> Iterator[str]:
    """Give a CSV file line by line."""
    return csv_lines(lines(found))


def lines(found: QuerySet[Delivery]) -> Iterator[tuple[str, ...]]:
    """Give the heading and then each delivery as plain text, in bounded memory."""
    yield (
        _("address"),
        _("language"),
        _("state"),
        _("why not sent"),
        _("attempts"),
        _("last attempt"),
        _("sent"),
        _("answer of the mail server"),
        _("came back"),
        _("complained"),
        _("unsubscribed"),
    )
    for row in found.iterator(chunk_size=AT_A_TIME):
        moments = (row.attempted_at, row.sent_at, row.bounced_at, row.complained_at)
        attempted, sent, bounced, complained = (m.isoformat() if m else "" for m in moments)
        yield (
            row.address,
            row.mail.language if row.mail else "",
            str(DeliveryState(row.state).label),
            str(SkipReason(row.skipped_because).label) if row.skipped_because else "",
            str(row.attempts),
            attempted,
            sent,
            row.reply,
            bounced,
            complained,
            row.unsubscribed_at.isoformat() if row.unsubscribed_at else "",
        )
