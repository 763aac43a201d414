"""Which studies somebody should read again, and saying that somebody did."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Page

CHECKED = "kenniskamer.checked"
"""The name of this act in the history of the CMS."""


def due(today: dt.date, prefix: str = "") -> Q:
    """Say in SQL which public studies are due to be read again.

    A date set on the page decides. Without one a study is due so many days after it
    was last checked, or after it first came here (`HUB_REVIEW_AFTER_DAYS`; 0: never). A
    translation is due with its original, not beside it. `prefix` leads from the rows
    asked for to the study, as in `page__`.
    """

    def on(**conditions: Any) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    condition = on(review_by__lte=today)
    if settings.HUB_REVIEW_AFTER_DAYS:
        day = today - dt.timedelta(days=settings.HUB_REVIEW_AFTER_DAYS)
        midnight = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
        old = on(evidence_checked_on__lte=day) | on(
            evidence_checked_on__isnull=True, first_published_at__lte=midnight
        )
        condition |= on(review_by__isnull=True) & old
    original = Page.objects.filter(
        translation_key=OuterRef(f"{prefix}translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
        live=True,
    ).exclude(locale_id=OuterRef(f"{prefix}locale_id"))
    return condition & on(live=True, alias_of__isnull=True) & ~Q(Exists(original))


def due_since(page: Any) -> dt.date:
    """Return the day on which a study became due."""
    if page.review_by:
        day: dt.date = page.review_by
        return day
    seen = page.evidence_checked_on or timezone.localdate(page.first_published_at)
    return seen + dt.timedelta(days=settings.HUB_REVIEW_AFTER_DAYS)


@transaction.atomic
def check(*, page: Any, user: Any, on: dt.date) -> None:
    """Write down that somebody read a study again and it still holds, in all its languages.

    Only the date changes: an open draft stays a draft, and stays open. A date that
    was set for this review has done its work and goes.
    """
    for study in type(page).objects.filter(translation_key=page.translation_key):
        values: dict[str, Any] = {"evidence_checked_on": on}
        if study.review_by and study.review_by <= on:
            values["review_by"] = None
        type(page).objects.filter(pk=study.pk).update(**values)
        for revision in study.revisions.filter(
            pk__in=[study.live_revision_id, study.latest_revision_id]
        ):
            revision.content |= {
                name: value.isoformat() if value else None for name, value in values.items()
            }
            revision.save(update_fields=["content"])
        log(instance=study, action=CHECKED, user=user)
