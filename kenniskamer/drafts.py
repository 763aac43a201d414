"""The draft an editor finds when a file has been read.

It holds the file itself, and a title to begin with. Everything else that the file
says is only offered, beside the form.
"""

from __future__ import annotations

import logging
from typing import Any

from django.utils.text import slugify

from wagtail.coreutils import find_available_slug
from wagtail.models import Locale

from kenniskamer.models import KenniskamerPage, ResearchPage, ResearchSource, SourceFile
from kenniskamer.suggestions import best_title, title_from_file_name

logger = logging.getLogger(__name__)

TITLE_CHARACTERS = 255
SLUG_CHARACTERS = 80


def library() -> KenniskamerPage | None:
    """Return the library new studies come into: that of the default language."""
    libraries: Any = KenniskamerPage.objects.filter(locale=Locale.get_default())
    first: KenniskamerPage | None = libraries.order_by("path").first()
    return first


def make_draft(source: SourceFile) -> ResearchPage | None:
    """Make the draft of a study from one file; None when there is no library yet.

    Called inside a transaction: the row of the library is locked, so that two
    workers do not give two drafts the same place in the tree.
    """
    parent = library()
    if parent is None:
        logger.warning("No library page: source file %s gets no draft", source.pk)
        return None
    parent = KenniskamerPage.objects.select_for_update().get(pk=parent.pk)
    user = source.document.uploaded_by_user
    page = ResearchPage(
        title=draft_title(source),
        slug=find_available_slug(parent, _slug(source)),
        locale=parent.locale,
        owner=user,
        live=False,
    )
    page.sources = [ResearchSource(source_file=source)]
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page


def draft_title(source: SourceFile) -> str:
    """Return the best title the file offers, otherwise its name."""
    title = best_title(source.suggestions) or title_from_file_name(source.document.filename)
    return title[:TITLE_CHARACTERS] or source.sha256[:12]


def _slug(source: SourceFile) -> str:
    """Return the address the title gives, short enough to be read; one from the file if none."""
    slug = slugify(draft_title(source))[:SLUG_CHARACTERS].strip("-")
    return slug or f"onderzoek-{source.sha256[:12]}"
