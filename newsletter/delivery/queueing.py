"""A row for everybody: who gets an edition in which language, and who not, and why.

The database copies from the list of people in parts, so memory does not grow with the
list. A row that exists already is left as it is: running twice, or again after a crash
halfway, adds only what is missing.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    IntegerField,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import StrIndex, Substr
from django.utils import timezone

from newsletter.enums import DeliveryState, SkipReason
from newsletter.models import Delivery, Edition
from participants.consent import agreeing
from participants.enums import Purpose
from participants.models import Participant

PART = 10_000
"""Participants per statement: some tenths of a second in which others wait on SQLite."""

ALONE = dt.timedelta(seconds=30)
"""A process has this long for one part before another may help."""

FALLBACK_LANGUAGE = "nl"

_COLUMNS = {
    "of_edition": "edition_id",
    "pk": "participant_id",
    "address": "address",
    "at_domain": "domain",
    "in_mail": "mail_id",
    "skip": "skipped_because",
    "in_state": "state",
    "no_claim": "claim",
    "no_reply": "reply",
    "no_attempts": "attempts",
}
"""What is selected of a participant, and the column of a delivery it becomes."""


def queue(edition: Edition) -> bool:
    """Make the rows of an edition; return whether they are all there.

    False means that another process is at it.
    """
    if edition.queued_at:
        return True
    now = timezone.now()
    free = Edition.objects.filter(
        Q(queueing_until=None) | Q(queueing_until__lt=now), pk=edition.pk, queued_at=None
    )
    if not free.update(queueing_until=now + ALONE):
        return False
    last = Participant.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last + 1, PART):
        copy_people(edition, start, start + PART, now)
        Edition.objects.filter(pk=edition.pk).update(queueing_until=timezone.now() + ALONE)
    edition.queued_at = timezone.now()
    edition.save(update_fields=["queued_at"])
    return True


def audience(edition: Edition, at: dt.datetime) -> QuerySet[Participant]:
    """Return everybody who agreed, with the mail they get (`in_mail`) or why not (`skip`)."""
    chosen = Participant.topics.through.objects.filter(participant=OuterRef("pk"))
    skip = [When(paused_until__gt=at, then=Value(SkipReason.PAUSED))]
    if edition.topics:
        touched = chosen.filter(theme__slug__in=list(edition.topics))
        skip.append(When(Exists(chosen) & ~Exists(touched), then=Value(SkipReason.TOPICS)))
    skip.append(When(in_mail=None, then=Value(SkipReason.NO_MAIL)))
    return (
        agreeing(Purpose.NEWSLETTER, at)
        .annotate(in_mail=_mail_by_language(edition))
        .annotate(skip=Case(*skip, default=Value(""), output_field=CharField()))
    )


def copy_people(edition: Edition, start: int, end: int, at: dt.datetime) -> None:
    """Make the rows of the people with these keys; `INSERT … SELECT` is not in the ORM."""
    rows = (
        audience(edition, at)
        .filter(pk__gte=start, pk__lt=end)
        .order_by("pk")
        .annotate(
            of_edition=Value(edition.pk, output_field=IntegerField()),
            at_domain=Substr("address_key", StrIndex("address_key", Value("@")) + 1),
            in_state=Case(
                When(skip="", then=Value(DeliveryState.QUEUED)),
                default=Value(DeliveryState.SKIPPED),
                output_field=CharField(),
            ),
            no_claim=Value("", output_field=CharField()),
            no_reply=Value("", output_field=CharField()),
            no_attempts=Value(0, output_field=IntegerField()),
        )
        .values_list(*_COLUMNS)
    )
    select, parameters = rows.query.sql_with_params()
    columns = ", ".join(map(connection.ops.quote_name, _COLUMNS.values()))
    insert = f"INSERT INTO {_table(Delivery)} ({columns}) {select} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(insert, parameters)


def _mail_by_language(edition: Edition) -> Case:
    """Return the mail in the person's language, else in Dutch, else none."""
    mails = dict(edition.mails.values_list("language", "pk"))
    return Case(
        *(When(language=language, then=Value(pk)) for language, pk in mails.items()),
        default=Value(mails.get(FALLBACK_LANGUAGE)),
        output_field=IntegerField(null=True),
    )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
