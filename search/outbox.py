"""Asking for documents to be read again. The rows are the truth; the task only wakes.

Rooms call `request_update` when something a page shows in search changed outside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

from search.engines import get_engine
from search.engines.base import SearchUnreachable
from search.keys import key_of
from search.tasks import update_index
from search.waiting import ask, due

FRESH = dt.timedelta(seconds=10)
"""How long a request may wait for the task that was started for it."""


def request_update(page: Page) -> None:
    """Ask for a page to be read again, because it or its files changed."""
    request_keys([key_of(page.pk)])


def request_delete(key: str) -> None:
    """Ask for a document to be taken out, because what it stood for is gone."""
    request_keys([key])


def request_keys(keys: Iterable[str]) -> None:
    """Write requests, in the transaction that is open, and wake the worker after it."""
    if ask(keys):
        transaction.on_commit(wake)


def wake() -> None:
    """Start the task that brings the index up to date."""
    update_index.enqueue()


def wake_overdue() -> None:
    """Take up what a dead worker left, and rebuild an index that is missing or broken.

    While the engine is out of reach there is nothing to wake for.
    """
    just_now = timezone.now() - FRESH
    try:
        ready = get_engine().is_ready()
    except SearchUnreachable:
        return
    if not ready or due().exclude(taken_until=None, asked_at__gt=just_now).exists():
        wake()
