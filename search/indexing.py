"""Keeping the index true to the pages.

A change writes an `IndexRequest` in its own transaction (`outbox.py`); a task, or whoever
calls `process_pending`, reads the page again and puts it in the index or takes
it out. What may be found is decided here, in one place: pages that are live,
open to everybody, and of a class that can be found.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wagtail.models import Page

from core.contracts import SearchDocument
from core.querysets import visible
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.keys import page_id_of
from search.kinds import searchable_models
from search.models import IndexRequest

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 5
BATCH = 20

Progress = Callable[[int, int], None]
"""Called with the number of documents done and the number there are."""


def process_pending() -> int:
    """Bring the index up to date; return how many requests were settled.

    One worker at a time, so that an old reading of a page never lands over a new one.
    """
    if not get_engine().is_ready():
        return _rebuild_instead()
    settled = 0
    while rows := _take():
        try:
            _settle({row.key for row in rows})
        except SearchUnavailable:
            logger.exception("The search index cannot be updated; it is built anew.")
            return settled + _rebuild_instead()
        _forget(rows)
        settled += len(rows)
    return settled


def load(key: str) -> SearchDocument | None:
    """Read a document from its page; None when it may not be found."""
    page_id = page_id_of(key)
    if page_id is None:
        return None
    return next(_documents(Page.objects.filter(pk=page_id)), None)


def documents() -> Iterator[SearchDocument]:
    """Read every document that may be found."""
    ids = list(_findable(Page.objects.all()).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from _documents(Page.objects.filter(pk__in=ids[start : start + BATCH]))


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew beside the one in use; return the number of documents."""
    total = _findable(Page.objects.all()).count()

    def read() -> Iterator[SearchDocument]:
        for done, document in enumerate(documents(), start=1):
            yield document
            if progress:
                progress(done, total)

    return get_engine().rebuild(read(), load)


def _findable(pages: QuerySet[Page]) -> QuerySet[Page]:
    types = ContentType.objects.get_for_models(*searchable_models()).values()
    return visible(pages).filter(content_type__in=types)


def _documents(pages: QuerySet[Page]) -> Iterator[SearchDocument]:
    rows: Any = _findable(pages).order_by("pk")
    for page in rows.specific():
        if not page.url:
            continue
        try:
            yield page.search_document()
        except Exception:
            logger.exception("Page %s cannot be read for search.", page.pk)


def _take() -> list[IndexRequest]:
    """Take a batch of requests, unless another worker is busy."""
    now = timezone.now()
    with transaction.atomic():
        if IndexRequest.objects.filter(taken_until__gt=now).exists():
            return []
        waiting = IndexRequest.objects.select_for_update().filter(
            Q(taken_until=None) | Q(taken_until__lte=now)
        )
        rows = [row for row in waiting.order_by("pk")[:BATCH] if not _hopeless(row)]
        IndexRequest.objects.filter(pk__in=[row.pk for row in rows]).update(
            taken_until=now + LEASE, attempts=F("attempts") + 1
        )
    return rows


def _hopeless(row: IndexRequest) -> bool:
    """Drop a request that was taken up too often: its document may be killing the worker."""
    if row.attempts < MOST_ATTEMPTS:
        return False
    logger.error("Gave up on indexing %s after %s attempts.", row.key, row.attempts)
    row.delete()
    return True


def _settle(keys: set[str]) -> None:
    found = {key: load(key) for key in keys}
    engine = get_engine()
    engine.put(document for document in found.values() if document is not None)
    engine.delete([key for key, document in found.items() if document is None])


def _forget(rows: Iterable[IndexRequest]) -> None:
    IndexRequest.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _rebuild_instead() -> int:
    """Build the index anew, which settles everything asked for before it began."""
    rows = list(IndexRequest.objects.all())
    rebuild()
    _forget(rows)
    return len(rows)
