"""What search must hear when a release comes out or is withdrawn.

Only the parts of the newest release are found, so another release coming out changes
what the others say.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from wagtail.models import Page
from wagtail.signals import page_published

from search.keys import key_of
from search.outbox import request_keys
from toolkit.models import Release, ReleasePage


def connect() -> None:
    """Listen to releases and to what is said about them."""
    page_published.connect(came_out, sender=ReleasePage, dispatch_uid="toolkit.came_out")
    post_save.connect(was_told_about, sender=Release, dispatch_uid="toolkit.was_told_about")


def came_out(instance: ReleasePage, **kwargs: Any) -> None:
    """Have all releases of a toolkit read again."""
    _read_again(instance)


def was_told_about(instance: Release, **kwargs: Any) -> None:
    """Follow notices: a release that was withdrawn is the newest no more."""
    if instance.is_public:
        _read_again(instance.page)


def _read_again(page: Page) -> None:
    beside = Page.objects.sibling_of(page).filter(live=True)
    request_keys(key_of(pk) for pk in beside.values_list("pk", flat=True))
