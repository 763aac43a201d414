"""What happens to pages, and what the index must hear of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import recovery
from core.contracts import Searchable
from core.models import Theme
from search.keys import key_of
from search.outbox import request_delete, request_keys, request_update, wake_overdue


def connect() -> None:
    """Listen to everything that changes what may be found, and let the sweep wake us."""
    post_save.connect(page_saved)
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed)
    for signal in (post_page_move, page_slug_changed):
        signal.connect(branch_changed)
    post_delete.connect(page_deleted, sender=Page)
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction)
    post_save.connect(theme_changed, sender=Theme)
    recovery.register(wake_overdue)


def page_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Follow pages that are saved live without being published, as commands do."""
    if (
        isinstance(instance, Searchable)
        and isinstance(instance, Page)
        and instance.live
        and not raw
    ):
        request_update(instance)


def page_changed(instance: Page, **kwargs: Any) -> None:
    """Read a page again after it was published or unpublished."""
    request_update(instance)


def branch_changed(instance: Page, **kwargs: Any) -> None:
    """Read a page and all below it again: their addresses changed."""
    _request_branch(instance)


def page_deleted(instance: Page, **kwargs: Any) -> None:
    """Take a deleted page out. Pages below it each send their own signal."""
    request_delete(key_of(instance.pk))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Read again everything that became private or public."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _request_branch(page)


def theme_changed(instance: Theme, created: bool = False, **kwargs: Any) -> None:
    """Read the pages of a theme again: its slug may have changed."""
    if not created:
        pages = Page.objects.filter(page_themes__theme=instance, live=True)
        request_keys(key_of(pk) for pk in pages.values_list("pk", flat=True).distinct())


def _request_branch(page: Page) -> None:
    branch = Page.objects.filter(path__startswith=page.path)
    request_keys(key_of(pk) for pk in branch.values_list("pk", flat=True))
