"""What people change about themselves on their own page."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from core.models import Theme
from participants import consent, standing
from participants.acts import note_act
from participants.enums import Method, Purpose, State
from participants.models import Participant
from participants.models.act import ActKind
from participants.pausing import set_pause
from participants.purposes import OFFERED, text_of
from participants.transitions import locked

LONGEST_PAUSE = 12
"""Months."""


def change_details(
    person: Participant, *, name: str, language: str, topics: Iterable[Theme]
) -> None:
    """Give a person another name, language or topics. No topics means everything."""
    with locked(person) as row:
        row.name, row.language = name, language
        row.save(update_fields=["name", "language"])
        row.topics.set(topics)
    person.refresh_from_db(fields=["name", "language"])


def choose(person: Participant, wanted: Collection[Purpose], *, page: str, language: str) -> None:
    """Agree to what is wanted and end the rest of what we offer.

    `page` is where the boxes stood, `language` that of their text. Raises
    `participants.consent.ConsentError` when agreeing here does not count for this person.
    """
    standing_now = consent.given(person)
    with transaction.atomic():
        for purpose in OFFERED:
            if purpose in wanted and purpose not in standing_now:
                shown = consent.stored_text(purpose, language, text_of(purpose, language))
                consent.give(person, purpose, method=Method.OWN_PAGE, text=shown, form_address=page)
            elif purpose not in wanted and purpose in standing_now:
                consent.withdraw(person, purpose, method=Method.OWN_PAGE)


def can_choose(person: Participant) -> bool:
    """Say whether agreeing on the own page counts for this person now."""
    return State(person.state) in (State.ACTIVE, State.UNSUBSCRIBED)


def pause(person: Participant, months: int, at: dt.datetime | None = None) -> None:
    """Send a person nothing for some months. What they agreed to stands."""
    until = months_later(timezone.localtime(at), min(max(months, 1), LONGEST_PAUSE))
    with locked(person) as row:
        set_pause(row, until, at or timezone.now())


def resume(person: Participant, at: dt.datetime | None = None) -> None:
    """End a pause."""
    with locked(person) as row:
        set_pause(row, None, at or timezone.now())


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the same day and hour some months on, or the last day of a shorter month.

    The hour is that of the clock in the site's time zone, also across a change of clocks.
    """
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    naive = moment.replace(year=year, month=month + 1, day=day, tzinfo=None)
    return timezone.make_aware(naive)


def close_links(person: Participant) -> None:
    """Make every link to this page in earlier mails stop working."""
    with locked(person) as row:
        row.link_number += 1
        row.save(update_fields=["link_number"])


def erase(person: Participant) -> None:
    """Erase everything about a person, at their own wish."""
    standing.erase(person)
    note_act(ActKind.OWN_ERASURE)
