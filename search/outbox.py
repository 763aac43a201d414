"""Asking for documents to be read again. The rows are the truth; the task only wakes.

Rooms call `request_update` when something a page shows in search changed outside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail.models import Page

from search.engines import get_engine
from search.keys import key_of
from search.models import IndexRequest
from search.tasks import update_index


def request_update(page: Page) -> None:
    """Ask for a page to be read again, because it or its files changed."""
    request_keys([key_of(page.pk)])


def request_delete(key: str) -> None:
    """Ask for a document to be taken out, because what it stood for is gone."""
    request_keys([key])


def request_keys(keys: Iterable[str]) -> None:
    """Write requests, in the transaction that is open, and wake the worker after it."""
    rows = IndexRequest.objects.bulk_create([IndexRequest(key=key) for key in keys])
    if rows:
        transaction.on_commit(wake)


def wake() -> None:
    """Start the task that brings the index up to date."""
    update_index.enqueue()


def wake_overdue() -> None:
    """Take up what a dead worker left, and rebuild an index that is missing or broken."""
    now = timezone.now()
    overdue = IndexRequest.objects.filter(
        Q(taken_until__lte=now) | Q(taken_until=None, asked_at__lte=now - dt.timedelta(seconds=10))
    )
    if overdue.exists() or not get_engine().is_ready():
        wake()
