"""Keeping the index true to the pages.

A change writes an `IndexRequest` in its own transaction (`outbox.py`); a task, or whoever
calls `process_pending`, reads the page again and puts it in the index or takes it out.
Nothing asked for is ever dropped: what cannot be done now is tried again later, and does
not hold up the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

from core.contracts import SearchDocument
from search import waiting
from search.engines import get_engine
from search.engines.base import SearchUnavailable, SearchUnreachable
from search.models import IndexRequest
from search.reading import count_findable, load, read_all

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with what is being done (`READING`, `STORING`), how many are done, and how many
there are."""

READING, STORING = "reading", "storing"


def process_pending() -> int:
    """Bring the index up to date; return how many requests were settled.

    One worker at a time, so that an old reading of a page never lands over a new one.
    While the engine is out of reach everything waits.
    """
    try:
        if not get_engine().is_ready():
            return _rebuild_instead()
        return _process()
    except SearchUnreachable as error:
        logger.warning("Updates of the search index wait: %s", error)
        return 0


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew beside the one in use; return the number of documents."""
    total = count_findable()

    def show(step: str, done: int, of: int) -> None:
        if progress:
            progress(step, done, of)

    def read() -> Iterator[SearchDocument]:
        for done, (key, document) in enumerate(read_all(), start=1):
            if document is not None:
                yield document
            else:
                waiting.ask([key])
            show(READING, done, max(done, total))

    return get_engine().rebuild(read(), _reload, lambda done, of: show(STORING, done, of))


def _reload(key: str) -> SearchDocument | None:
    """Read a document that changed during a rebuild; what cannot be read is asked for again."""
    try:
        return load(key)
    except Exception:
        logger.exception("%s cannot be read for search.", key)
        waiting.ask([key])
        return None


def _process() -> int:
    settled = 0
    while rows := waiting.take():
        try:
            settled += _settle_batch(rows)
        except SearchUnreachable:
            waiting.give_back(rows)
            raise
        except SearchUnavailable:
            waiting.give_back(rows)
            logger.exception("The search index cannot be updated; it is built anew.")
            return settled + _rebuild_instead()
    return settled


def _settle_batch(rows: Sequence[IndexRequest]) -> int:
    """Settle rows together or, when that fails, one by one; return how many were."""
    try:
        _settle({row.key for row in rows})
    except SearchUnavailable:
        raise
    except Exception:
        if len(rows) == 1:
            logger.exception("%s cannot be brought into the index; later again.", rows[0].key)
            waiting.put_off(rows[0])
            return 0
        return sum(_settle_batch([row]) for row in rows)
    waiting.forget(rows)
    return len(rows)


def _settle(keys: set[str]) -> None:
    found = {key: load(key) for key in sorted(keys)}
    engine = get_engine()
    engine.put(document for document in found.values() if document is not None)
    engine.delete([key for key, document in found.items() if document is None])


def _rebuild_instead() -> int:
    """Build the index anew, which settles everything asked for before it began."""
    rows = list(IndexRequest.objects.all())
    rebuild()
    waiting.forget(rows)
    return len(rows)
