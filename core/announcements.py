"""Writing the change log: a page announces itself when it is first published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from wagtail.models import Page
from wagtail.signals import page_published

from core.contracts import Announces
from core.models import Announcement, AnnouncementKind

FIRST = (AnnouncementKind.NEW, AnnouncementKind.RELEASED)
"""Kinds that tell of a first publication, and are dated by it."""


def announce(
    *,
    page: Page,
    kind: AnnouncementKind = AnnouncementKind.NEW,
    note: str = "",
    about: UUID | None = None,
) -> Announcement:
    """Write one line in the change log. A page is new only once.

    `about` is the same for one correction in two languages, so that nobody is told it twice.
    """
    at = page.first_published_at if kind in FIRST else None
    values = {"at": at or timezone.now(), "note": note}
    if kind == AnnouncementKind.NEW:
        return Announcement.objects.get_or_create(page_id=page.pk, kind=kind, defaults=values)[0]
    return Announcement.objects.create(page_id=page.pk, kind=kind, about=about, **values)


def announce_first_publication(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Announce pages of a type that enters the change log."""
    if not isinstance(instance, Announces) or not instance.announces:
        return
    page: Any = instance
    kind = AnnouncementKind(page.announced_as)
    if not Announcement.objects.filter(page_id=page.pk, kind=kind).exists():
        announce(page=page, kind=kind, note=page.announcement_note())


def connect() -> None:
    """Listen for publications."""
    page_published.connect(announce_first_publication, dispatch_uid="core.announce")
