"""What happens to studies, written in the ledger at once."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import recovery
from core.models import Theme
from kenniskamer.models import ResearchPage
from kenniskamer.oai.ledger import reconcile, refresh

EACH = 60
"""Seconds between two comparisons of all studies with the ledger, in one worker."""


def connect() -> None:
    """Listen to everything that changes what a harvester may see."""
    for signal in (page_published, page_unpublished):
        signal.connect(study_changed, sender=ResearchPage)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(branch_changed)
    post_delete.connect(study_changed, sender=ResearchPage)
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction)
    post_save.connect(theme_changed, sender=Theme)
    recovery.register(compare_each_minute)


def compare_each_minute() -> None:
    """Mend the ledger, if nobody in this process did so within the minute."""
    if cache.add("kenniskamer.oai.compared", True, timeout=EACH):
        reconcile()


def study_changed(instance: ResearchPage, **kwargs: Any) -> None:
    """Follow one study: published, unpublished or deleted."""
    refresh([instance.translation_key])


def branch_changed(instance: Page, **kwargs: Any) -> None:
    """Follow the studies below a page whose address changed."""
    _refresh_branch(instance)


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Follow the studies that became private or public."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _refresh_branch(page)


def theme_changed(instance: Theme, created: bool = False, **kwargs: Any) -> None:
    """Follow the studies of a theme: its name stands in their records."""
    if not created:
        studies = ResearchPage.objects.filter(
            page_themes__theme__translation_key=instance.translation_key
        )
        refresh(studies.values_list("translation_key", flat=True))


def _refresh_branch(page: Page) -> None:
    branch = ResearchPage.objects.filter(path__startswith=page.path)
    refresh(branch.values_list("translation_key", flat=True))
