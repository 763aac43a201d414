"""Beginning a page from a question that search did not answer.

A page class takes part by saying `answers_questions = True`; search knows no room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import capfirst, slugify

from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from search.kinds import searchable_models

TITLE_CHARACTERS = 255
SLUG_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class DraftKind:
    """A kind of page that this user can begin, and the page it would stand under."""

    name: str
    label: str
    model: type[Page]
    parent: Page


def draft_kinds(user: Any) -> list[DraftKind]:
    """Return what a user can begin, in the language that pages are first written in."""
    found: list[DraftKind] = []
    for model in searchable_models():
        parent = _parent(model, user) if model.answers_questions else None
        if parent is not None:
            label = capfirst(str(model._meta.verbose_name))
            found.append(DraftKind(model._meta.label_lower, label, model, parent))
    return sorted(found, key=lambda kind: kind.label)


def begin(kind: DraftKind, title: str, user: Any) -> Page:
    """Make an unpublished page with a title, and its first revision.

    The parent is locked, so that two editors do not get the same place in the tree.
    """
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=kind.parent.pk)
        parent = Page.objects.get(pk=kind.parent.pk).specific
        slug = slugify(title)[:SLUG_CHARACTERS].strip("-") or kind.model._meta.model_name
        page = kind.model(
            title=title,
            slug=find_available_slug(parent, slug),
            locale=parent.locale,
            owner=user,
            live=False,
        )
        parent.add_child(instance=page)
        # Other fields may still be empty; publishing asks for them.
        page.save_revision(user=user, clean=False, log_action="wagtail.create")
    return page


def _parent(model: type[Page], user: Any) -> Page | None:
    types = ContentType.objects.get_for_models(*model.allowed_parent_page_models()).values()
    pages = Page.objects.filter(content_type__in=types, locale=Locale.get_default())
    for page in pages.order_by("path").specific():
        allowed = page.permissions_for_user(user).can_add_subpage()
        if allowed and model.can_create_at(page):
            return page
    return None
