"""Reading documents from pages. What may be found is decided here, in one place.

Pages that are live, open to everybody, and of a class that can be found.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from wagtail.models import Page

from core.contracts import SearchDocument
from core.querysets import visible
from search.keys import key_of, page_id_of
from search.kinds import searchable_models

logger = logging.getLogger(__name__)

BATCH = 20


def load(key: str) -> SearchDocument | None:
    """Read a document from its page; None when it may not be found.

    Raises whatever the page raises when it cannot be read.
    """
    page_id = page_id_of(key)
    if page_id is None:
        return None
    rows: Any = _findable(Page.objects.filter(pk=page_id))
    page = rows.specific().first()
    return page.search_document() if page is not None and page.url else None


def count_findable() -> int:
    """Return about how many documents there are: pages without an address count too."""
    return _findable(Page.objects.all()).count()


def read_all() -> Iterator[tuple[str, SearchDocument | None]]:
    """Read every document that may be found, with its key; None when it cannot be read."""
    ids = list(_findable(Page.objects.all()).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        rows: Any = _findable(Page.objects.filter(pk__in=ids[start : start + BATCH]))
        for page in rows.order_by("pk").specific():
            if page.url:
                yield key_of(page.pk), _readable(page)


def _findable(pages: QuerySet[Page]) -> QuerySet[Page]:
    types = ContentType.objects.get_for_models(*searchable_models()).values()
    return visible(pages).filter(content_type__in=types)


def _readable(page: Any) -> SearchDocument | None:
    try:
        document: SearchDocument = page.search_document()
    except Exception:
        logger.exception("Page %s cannot be read for search.", page.pk)
        return None
    return document
