"""What returned mail holds about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.contracts import Person, PersonalData, PersonalSection
from core.personal_data import moment
from newsletter.bounces import left_alone
from newsletter.models import Bounce


class ReturnedMail(PersonalData):
    """The part of returned mail on the own page, in an export, and in an erasure."""

    name = "returned_mail"

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Tell what came back."""
        rows = tuple(
            (
                date_format(localtime(bounce.received_at), "j F Y"),
                " · ".join(filter(None, [bounce.get_kind_display(), bounce.diagnostic])),
            )
            for bounce in Bounce.objects.filter(participant=person.pk).defer("raw")
        )
        if rows:
            note = _("The mail itself is kept for 30 days.")
            yield PersonalSection(_("Mail to you that came back"), rows, note)

    def export(self, person: Person) -> Any:
        """Give what came back."""
        found = Bounce.objects.filter(participant=person.pk)
        rows = [
            {
                "received": moment(bounce.received_at),
                "came_by": bounce.source,
                "kind": bounce.kind,
                "status": bounce.status,
                "diagnostic": bounce.diagnostic,
                "undone": moment(bounce.undone_at),
                "mail": bytes(bounce.raw).decode("utf-8", "replace") if bounce.raw else None,
            }
            for bounce in found
        ]
        return rows or None

    def erase(self, person: Person) -> None:
        """Make it nobody's: what stays is that some mail came back."""
        Bounce.objects.filter(participant=person.pk).update(
            participant=None, raw=None, diagnostic=""
        )
        left_alone.forget(person.address)
