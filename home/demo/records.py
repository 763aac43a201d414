"""Remembering what the demo made, so that it never makes it twice.

Whatever is made leaves a line in the history of the CMS under an id derived from
its key. A page an editor renamed is recognised by it, and a page an editor
deleted stays away, for the line outlives the page.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry

from core.models import BasePage, PageTheme, Theme, User

NAMESPACE = uuid.UUID("6f3c1f0e-58d5-4d0c-9d43-0f2f1f6a7b10")
ADDED_AT = dt.time(9, 0)


def identity(*parts: str) -> uuid.UUID:
    """Return the id of something in the demo; the same on every machine."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))


def is_made(kind: str, key: str, language: str) -> bool:
    """Say whether the demo made this before, even when it is gone now."""
    entry = identity(kind, key, language)
    return any(
        model.objects.filter(uuid=entry, action="wagtail.create").exists()
        for model in (PageLogEntry, ModelLogEntry)
    )


def remember(instance: Any, kind: str, key: str, language: str, editor: User) -> None:
    """Write in the history that the demo made this."""
    log(instance, "wagtail.create", user=editor, uuid=identity(kind, key, language))


def page_of(kind: str, key: str, language: str) -> Any:
    """Return a page of the demo in one language; None when it is not there."""
    found = Page.objects.filter(
        translation_key=identity(kind, key), locale__language_code=language
    ).first()
    return found.specific if found else None


def add(
    page: BasePage,
    parent: Page,
    *,
    kind: str,
    key: str,
    language: str,
    added: dt.date,
    editor: User,
) -> None:
    """Put a new page in the tree as a draft, dated and remembered."""
    page.locale = Locale.objects.get(language_code=language)
    page.translation_key = identity(kind, key)
    page.owner = editor
    page.live = False
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = ""  # an editor took it; the page makes another from its title
    page.first_published_at = timezone.make_aware(dt.datetime.combine(added, ADDED_AT))
    parent.add_child(instance=page)
    remember(page, kind, key, language, editor)


def publish(page: BasePage, editor: User) -> None:
    """Publish a page as an editor does: by a revision."""
    # Pages were added below it meanwhile; an old count would hide them from the CMS.
    page.numchild = Page.objects.values_list("numchild", flat=True).get(pk=page.pk)
    page.save_revision(user=editor, log_action=True).publish(user=editor)


def page_themes(slugs: tuple[str, ...], language: str) -> list[PageTheme]:
    """Return the rows that give a page its themes; those an editor deleted are left out."""
    found = Theme.objects.filter(slug__in=slugs, locale__language_code=language)
    themes = {theme.slug: theme for theme in found}
    return [PageTheme(theme=themes[slug]) for slug in slugs if slug in themes]
