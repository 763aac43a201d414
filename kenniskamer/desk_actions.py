"""What an editor does with one item of the desk. Each answers in a sentence.

The rows of a bulk action stand by themselves: one that cannot be done stops no other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import PageTheme, Theme
from kenniskamer import intake
from kenniskamer.completeness import in_words, missing_parts
from kenniskamer.drafts import make_draft
from kenniskamer.models import DeskEntry, ResearchPage, SourceFile
from kenniskamer.permissions import user_can_edit_research


class Refused(Exception):
    """This cannot be done; the message says why, and what to do."""


Action = Callable[[DeskEntry, Any], str]


def take(entry: DeskEntry, user: Any) -> str:
    """Say that this user works on it, also when somebody else did."""
    DeskEntry.objects.filter(pk=entry.pk).update(worker=user, taken_at=timezone.now())
    return _("You work on this now.")


def let_go(entry: DeskEntry, user: Any) -> str:
    """Say that nobody works on it."""
    DeskEntry.objects.filter(pk=entry.pk).update(worker=None, taken_at=None)
    return _("Nobody works on this now.")


def assign(theme: Theme) -> Action:
    """Return the action that gives a study a theme, in its draft."""

    def give(entry: DeskEntry, user: Any) -> str:
        page = _page_to_edit(entry, user)
        draft: Any = page.get_latest_revision_as_object()
        own = theme.get_translation_or_none(page.locale) or theme
        has = {row.theme.translation_key for row in draft.page_themes.all()}
        if theme.translation_key in has:
            return _("It has this theme already.")
        draft.page_themes.add(PageTheme(theme=own, sort_order=len(has)))
        draft.save_revision(user=user, log_action=True)
        return _("The theme is added to the draft.")

    return give


def publish(entry: DeskEntry, user: Any) -> str:
    """Publish the latest draft of a study that misses nothing."""
    page = _page_to_edit(entry, user)
    if not page.permissions_for_user(user).can_publish():
        raise Refused(_("You may not publish this study. Ask somebody who may."))
    draft: Any = page.get_latest_revision_as_object()
    missing = in_words(missing_parts(draft))
    if missing:
        raise Refused(_("It still misses: %(parts)s.") % {"parts": ", ".join(missing)})
    try:
        draft.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    revision = page.get_latest_revision() or draft.save_revision(user=user)
    revision.publish(user=user)
    return _("Published.")


def discard(entry: DeskEntry, user: Any) -> str:
    """Throw away a draft that was never published, with its files, or a loose file."""
    if entry.source_file:
        _drop_file(entry.source_file)
        return _("The file is removed.")
    page = _page_to_edit(entry, user)
    reason = why_not_discard(entry)
    if reason:
        raise Refused(reason)
    if not page.permissions_for_user(user).can_delete():
        raise Refused(_("You may not delete this study. Ask somebody who may."))
    with transaction.atomic():
        sources = set(entry.files.all()) | {row.source_file for row in page.sources.all()}
        page.delete(user=user)
        for source in sources:
            if not source.research_sources.exists():
                intake.delete(source)
    return _("The draft is thrown away.")


def why_not_discard(entry: DeskEntry) -> str:
    """Say why an item cannot be thrown away here, "" when it can."""
    if entry.page and (entry.page.live or entry.page.first_published_at):
        return _("This study has been published. Unpublish or delete it in its own form.")
    if entry.source_file and entry.source_file.research_sources.exists():
        return _("This file belongs to a study. Remove it there first.")
    return ""


def draft_for(source: SourceFile) -> ResearchPage:
    """Make the draft of a file that has none. Raises Refused when that cannot be."""
    with transaction.atomic():
        source = SourceFile.objects.select_for_update().get(pk=source.pk)
        if source.has_failed or source.is_under_way or source.research_sources.exists():
            raise Refused(_("This file has a study, or cannot be read yet. Look at the list."))
        page = make_draft(source)
    if page is None:
        raise Refused(_("There is no library yet to put the draft in. Make a Kenniskamer page."))
    return page


def _page_to_edit(entry: DeskEntry, user: Any) -> ResearchPage:
    if not entry.page:
        raise Refused(_("This is a file without a study. Make a draft of it first."))
    page: ResearchPage = entry.page
    if not user_can_edit_research(user, page):
        raise Refused(_("You may not change this study, or somebody has locked it."))
    return page


def _drop_file(source: SourceFile) -> None:
    try:
        intake.delete(source)
    except ProtectedError as error:
        raise Refused(_("This file belongs to a study. Remove it there first.")) from error
