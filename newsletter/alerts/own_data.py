"""What following and alerts hold about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.contracts import Person, PersonalData, PersonalSection
from core.personal_data import moment
from newsletter.alerts.links import manage_url
from newsletter.models import Alert, Follow, Told
from participants.models import Participant


class FollowedThings(PersonalData):
    """The part of following on the own page, in an export, and in an erasure."""

    name = "alerts"

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Tell what somebody follows, and where to change it."""
        rows = tuple(_row(follow) for follow in Follow.objects.filter(participant=person.pk))
        if rows:
            where = manage_url(Participant.objects.get(pk=person.pk))
            yield PersonalSection(
                _("What you follow"),
                rows,
                _("What we mailed you about is kept for a quarter, so that nothing comes twice."),
                ((_("Change how often, or stop"), where),),
            )

    def export(self, person: Person) -> Any:
        """Give what is followed and what was mailed."""
        follows = [_values(follow) for follow in Follow.objects.filter(participant=person.pk)]
        alerts = Alert.objects.filter(participant=person.pk)
        told = Told.objects.filter(participant=person.pk).order_by("at", "pk")
        if not follows and not alerts and not told:
            return None
        return {
            "follows": follows,
            "mails": [
                {
                    "day": alert.day.isoformat(),
                    "address": alert.address,
                    "came_back": moment(alert.bounced_at),
                }
                for alert in alerts
            ],
            "told": [{"item": one.item, "at": moment(one.at)} for one in told],
        }

    def erase(self, person: Person) -> None:
        """Delete all of it."""
        for model in (Told, Alert, Follow):
            model._default_manager.filter(participant=person.pk).delete()


def _row(follow: Follow) -> tuple[str, str]:
    if follow.stopped_at:
        said = _("stopped")
    elif follow.confirmed_at is None:
        said = _("waits for your confirmation")
    else:
        since = date_format(localtime(follow.confirmed_at), "j F Y")
        said = _("%(often)s, since %(date)s") % {
            "often": follow.get_frequency_display(),
            "date": since,
        }
    return follow.subject.label, said


def _values(follow: Follow) -> dict[str, Any]:
    moments = ("asked_at", "confirmed_at", "stopped_at")
    return {
        "search": follow.query,
        "language": follow.language,
        "frequency": follow.frequency,
        **{name: moment(getattr(follow, name)) for name in moments},
    }
