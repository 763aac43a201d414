"""What this room holds about a person: which editions they got."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.contracts import Person, PersonalData, PersonalSection
from core.personal_data import moment
from newsletter.enums import UNFINISHED, DeliveryState, SkipReason
from newsletter.models import Delivery


class SentEditions(PersonalData):
    """The part of the newsletter on the own page, in an export, and in an erasure."""

    name = "newsletter"

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Tell which editions went to somebody, the newest first."""
        found = _of(person).filter(state=DeliveryState.SENT).exclude(sent_at=None)
        if rows := tuple(
            (date_format(localdate(row.sent_at), "j F Y"), row.edition.title) for row in found
        ):
            note = _("Your address and the answer of the mail server go after %(days)s days.")
            yield PersonalSection(
                _("Newsletters we sent you"), rows, note % {"days": settings.NEWSLETTER_LOG_DAYS}
            )

    def export(self, person: Person) -> Any:
        """Give everything about every edition."""
        return [
            {
                "edition": row.edition.title,
                "state": row.state,
                "why_not_sent": row.skipped_because,
                "address": row.address,
                "attempts": row.attempts,
                "answer": row.reply,
                **{name: moment(getattr(row, field)) for name, field in _MOMENTS.items()},
            }
            for row in _of(person)
        ] or None

    def erase(self, person: Person) -> None:
        """Make the rows nobody's; the counts of an edition stay true."""
        rows = Delivery.objects.filter(participant=person.pk)
        rows.filter(state__in=UNFINISHED).exclude(state=DeliveryState.ATTEMPTING).update(
            state=DeliveryState.SKIPPED, skipped_because=SkipReason.ERASED, claim="", retry_at=None
        )
        rows.update(participant=None, address="", domain="", reply="")


_MOMENTS = {
    "first_attempt": "first_attempt_at",
    "last_attempt": "attempted_at",
    "next_attempt": "retry_at",
    "sent": "sent_at",
    "came_back": "bounced_at",
    "complained": "complained_at",
    "unsubscribed": "unsubscribed_at",
}
"""Names in an export, and the fields they stand for."""


def _of(person: Person) -> Any:
    rows = Delivery.objects.filter(participant=person.pk)
    return rows.select_related("edition").order_by("-pk")
