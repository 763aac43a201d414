"""Follows, and what is published about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from core.models import Announcement
from newsletter.alerts.subjects import Subject
from newsletter.models import Follow
from participants.consent import give
from participants.enums import Method, Purpose
from participants.models import Participant
from search.indexing import process_pending
from tests.research import make_research, make_source

MONDAY = timezone.make_aware(dt.datetime(2026, 11, 2, 7, 30))
"""A Monday morning in Amsterdam, in the hours that alerts go."""

DAY = dt.timedelta(days=1)


def make_person(address: str = "noor@voorbeeld.example", **values: Any) -> Participant:
    """Make somebody who agreed to alerts."""
    person = Participant.objects.create(address=address, name="Noor", **values)
    long_ago = MONDAY - 400 * DAY
    give(person, Purpose.ALERTS, method=Method.CONFIRMED, at=long_ago)
    person.refresh_from_db()
    return person


def make_follow(
    person: Participant,
    query: str = "q=wantrouwen",
    frequency: str = "daily",
    confirmed_at: dt.datetime = MONDAY - 30 * DAY,
    **values: Any,
) -> Follow:
    """Make something that is followed."""
    values = {"language": "nl", **values}
    return Follow.objects.create(
        participant=person, query=query, frequency=frequency, confirmed_at=confirmed_at, **values
    )


def publish(
    tree: Any, title: str, at: dt.datetime, text: str = "Een koffietafel neemt wantrouwen weg."
) -> Any:
    """Publish a study with one page of text, as if at a moment."""
    page = make_research(
        tree.library, title, theme=tree.theme, source=make_source(title, ("Opzet.", text))
    )
    set_published(page, at)
    return page


def set_published(page: Any, at: dt.datetime) -> None:
    """Move the publication of a page to a moment, also in the index."""
    type(page).objects.filter(pk=page.pk).update(first_published_at=at)
    Announcement.objects.filter(page=page, kind="new").update(at=at)
    process_pending()


SEARCH = Subject("q=wantrouwen", "nl")
