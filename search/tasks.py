"""Waking the index. The rows of `IndexRequest` say what there is to do."""

from __future__ import annotations

from django_tasks import task

from search.indexing import process_pending


@task()
def update_index() -> None:
    """Bring the index up to date."""
    process_pending()
