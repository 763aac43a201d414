"""A release in two languages: translated in the CMS, linked, and each released by itself."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from toolkit.copying import last_release
from toolkit.models import ReleasePage, ToolkitPage


def to_translate(toolkit: ToolkitPage) -> ReleasePage | None:
    """Return the highest release in another language that is newer than all in this one."""
    last = last_release(toolkit)
    twins = Page.objects.filter(translation_key=toolkit.translation_key).exclude(pk=toolkit.pk)
    newer = [
        release
        for twin in twins
        if (release := last_release(twin)) and (last is None or release.number > last.number)
    ]
    return max(newer, key=lambda release: release.number, default=None)


def begin_translation(*, source: ReleasePage, toolkit: ToolkitPage, user: Any) -> ReleasePage:
    """Begin a release as the translation of one in another language."""
    with transaction.atomic():
        draft = source if source.is_released else source.get_latest_revision_as_object()
        translate_object(draft, [toolkit.locale], user=user)
    return ReleasePage.objects.get(translation_key=source.translation_key, locale=toolkit.locale)


def translation_of(page: ReleasePage) -> Translation | None:
    """Return the translation a release is kept as, None for a release with texts of its own."""
    found: Translation | None = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).first()
    return found


def take_over(*, page: ReleasePage, user: Any) -> None:
    """Put what was translated into the draft; what was not, stays in the first language."""
    translation = translation_of(page)
    if translation is not None:
        translation.save_target(user=user, publish=False)


def still_to_translate(page: ReleasePage) -> str:
    """Say how many texts were not translated yet; "" when all were, or it is no translation."""
    translation = translation_of(page)
    total, done = translation.get_progress() if translation else (0, 0)
    left = total - done
    if not left:
        return ""
    said: str = ngettext(
        "%(left)d text of %(total)d was not translated yet.",
        "%(left)d texts of %(total)d were not translated yet.",
        left,
    )
    return said % {"left": left, "total": total}
