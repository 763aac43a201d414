"""Approving an edition: what people will receive is fixed, with who said so and when."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from newsletter.checking import Checked, check, mark_of
from newsletter.enums import EditionState
from newsletter.framing import frozen_frame
from newsletter.models import Edition, EditionPage, FrozenMail
from newsletter.rendering import as_html, as_text
from newsletter.standing import WAITING

APPROVED, TAKEN_BACK = "newsletter.approve", "newsletter.take_back"


class EditionError(Exception):
    """What was asked is not possible now; the text says why and what to do."""


def locked(edition_id: int) -> Edition:
    """Return an edition that nobody else changes until the transaction ends."""
    return Edition.objects.select_for_update().get(pk=edition_id)


@transaction.atomic
def approve(*, edition_id: int, user: Any, seen: str = "") -> Edition:
    """Fix subject, preview text, HTML and text in each language.

    `seen` is the mark of the drafts that the editor looked at (`mark_of`), "" for those of now.
    Raises EditionError when a check says no, somebody was first, or saved a draft meanwhile.
    """
    edition = locked(edition_id)
    if edition.state not in (EditionState.DRAFT, EditionState.FAILED):
        raise EditionError(_("This edition was approved already."))
    if seen and seen != mark_of(edition):
        text = _("The edition was changed meanwhile. Look at it again, then approve it.")
        raise EditionError(text)
    found = check(edition)
    if not found:
        raise EditionError(_("This edition has no page any more. Begin a new one."))
    for checked in found:
        if checked.blocking:
            raise EditionError(checked.blocking[0].text)
    edition.mails.all().delete()
    for checked in found:
        _freeze(edition, checked, user)
    edition.title = found[0].content.title
    edition.topics = topics_of(found)
    edition.state, edition.reason = EditionState.APPROVED, ""
    edition.approved_by, edition.approved_at = user, timezone.now()
    edition.save()
    return edition


@transaction.atomic
def take_back(*, edition_id: int, user: Any) -> Edition:
    """Make an edition a draft again that nobody has received yet. Raises EditionError."""
    edition = locked(edition_id)
    if edition.state not in WAITING or edition.started_at:
        raise EditionError(_("This cannot be taken back: it is not approved, or it is being sent."))
    edition.mails.all().delete()
    edition.state, edition.scheduled_at, edition.reason = EditionState.DRAFT, None, ""
    edition.approved_by = edition.approved_at = None
    edition.save()
    for page in EditionPage.objects.filter(edition=edition):
        EditionPage.objects.filter(pk=page.pk).update(approved=None)
        log(page, TAKEN_BACK, user=user)
    return edition


def topics_of(found: list[Checked]) -> list[str]:
    """Return the themes the news is about; none when a piece of news has no theme at all.

    That piece is for everybody, and so is an edition that holds it.
    """
    items = [item for checked in found for item in checked.content.items]
    if any(not item.themes for item in items):
        return []
    return sorted({slug for item in items for slug in item.themes})


def _freeze(edition: Edition, checked: Checked, user: Any) -> None:
    content, frame = checked.content, frozen_frame(checked.content.language)
    FrozenMail.objects.create(
        edition=edition,
        language=content.language,
        subject=content.subject,
        preview=content.preview,
        html=as_html(content, frame),
        text=as_text(content, frame),
    )
    approved = content.as_json()
    draft = checked.page
    draft.approved = approved
    draft.save_revision(user=user, clean=False)
    EditionPage.objects.filter(pk=draft.pk).update(approved=approved)
    log(
        draft,
        APPROVED,
        user=user,
        data={"sha256": edition.mails.get(language=content.language).sha256},
    )
