"""Keeping one row per work in line with what a visitor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.models import PageTheme
from core.querysets import visible
from kenniskamer.models import HarvestRecord, HarvestSet, ResearchPage

BATCH = 500
# Between storing a page and writing its row a moment passes; more is a lost signal.
PATIENCE = dt.timedelta(seconds=30)


def refresh(keys: Iterable[UUID], at: dt.datetime | None = None) -> None:
    """Write what became of these works, as of `at` (now)."""
    moment = (at or timezone.now()).replace(microsecond=0)
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic():
            _refresh(set(wanted[start : start + BATCH]), moment)


def _refresh(keys: set[UUID], moment: dt.datetime) -> None:
    public = set(
        _public().filter(translation_key__in=keys).values_list("translation_key", flat=True)
    )
    HarvestRecord.objects.bulk_create(
        [HarvestRecord(key=key, changed_at=moment) for key in sorted(public)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["changed_at", "is_deleted"],
    )
    gone = HarvestRecord.objects.filter(key__in=keys - public, is_deleted=False)
    gone.update(is_deleted=True, changed_at=moment)
    _write_sets(public)


def _write_sets(keys: set[UUID]) -> None:
    """Store the themes of works; those of a work that is gone stay as they were."""
    rows = dict(HarvestRecord.objects.filter(key__in=keys).values_list("key", "pk"))
    HarvestSet.objects.filter(record__in=rows.values()).delete()
    pages = _public().filter(translation_key__in=keys)
    themes = PageTheme.objects.filter(page__in=pages.values("pk"))
    pairs = themes.values_list("page__translation_key", "theme__slug").order_by().distinct()
    HarvestSet.objects.bulk_create(
        HarvestSet(record_id=rows[key], slug=slug) for key, slug in pairs
    )


def reconcile() -> None:
    """Find works whose row is missing or behind, as after a crash, and write them."""
    refresh(_missed())


def _missed() -> Iterable[UUID]:
    """Return the works of which the row does not say what is so."""
    rows = HarvestRecord.objects.filter(key=OuterRef("translation_key"), is_deleted=False)
    current = rows.filter(changed_at__gte=OuterRef("last_published_at") - PATIENCE)
    unseen = _public().filter(~Exists(rows)) | _public().filter(
        ~Exists(current), last_published_at__isnull=False
    )
    yield from unseen.values_list("translation_key", flat=True)
    still = _public().filter(translation_key=OuterRef("key"))
    ghosts = HarvestRecord.objects.filter(~Exists(still), is_deleted=False)
    yield from ghosts.values_list("key", flat=True)


def _public() -> QuerySet[ResearchPage]:
    return visible(ResearchPage.objects.order_by())
