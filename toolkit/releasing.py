"""The acts around a release: offer, take back, approve, stop, build again, give notice.

Each checks again under a lock what the button promised, so that two people who act
at the same moment make one release.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from core.announcements import announce
from core.models import AnnouncementKind
from core.plain_text import until
from toolkit import tasks
from toolkit.content import parts_of
from toolkit.enums import PUBLIC, REPEATABLE, NoticeKind, ReleaseState
from toolkit.freezing import freeze
from toolkit.missing import what_is_missing
from toolkit.models import Release, ReleaseFile, ReleasePage
from toolkit.storing import store_picture

OFFERED, APPROVED, TAKEN_BACK, NOTICE = (
    f"toolkit.{name}" for name in ("offer", "approve", "take_back", "notice")
)


class ReleaseError(Exception):
    """An act is not possible now; the message says why, for the person who tried."""


def offer(*, page: ReleasePage, user: Any) -> Release:
    """Ask a second pair of eyes to look at a release as it was last saved."""
    draft = page.get_latest_revision_as_object()
    problems = what_is_missing(draft)
    if problems:
        raise ReleaseError(" ".join(problems))
    with transaction.atomic():
        release, _new = Release.objects.select_for_update().get_or_create(page=page)
        if release.state not in (ReleaseState.COMPOSING, *REPEATABLE):
            raise ReleaseError(_("This release was offered already."))
        release.state = ReleaseState.ASKED
        release.revision = page.latest_revision
        release.asked_by, release.asked_at = user, timezone.now()
        release.approved_by = release.approved_at = None
        release.error = ""
        release.save()
        log(page, OFFERED, user=user)
    return release


def take_back(*, release_id: int, user: Any) -> Release:
    """Open an offered release for editing again."""
    with transaction.atomic():
        release = locked(release_id)
        if release.state != ReleaseState.ASKED:
            raise ReleaseError(_("This release does not wait for anybody."))
        release.state = ReleaseState.COMPOSING
        release.save(update_fields=["state"])
        log(release.page, TAKEN_BACK, user=user)
    return release


def may_approve(release: Release, user: Any) -> bool:
    """Say whether this user is a second pair of eyes: neither who asked nor who wrote last."""
    wrote = release.revision.user_id if release.revision else None
    return user.pk not in (release.asked_by_id, wrote)


def approve(*, release_id: int, user: Any) -> Release:
    """Freeze an offered release as it is now, and have it built. Doing it twice does it once."""
    with transaction.atomic():
        release = locked(release_id)
        if release.state == ReleaseState.BUILDING or release.state in PUBLIC:
            return release
        if release.state != ReleaseState.ASKED or release.revision is None:
            raise ReleaseError(_("This release does not wait for anybody."))
        if not may_approve(release, user):
            raise ReleaseError(
                _("Somebody else has to look: you worked on it last, or offered it.")
            )
        _link(release.page)
        _freeze(release)
        release.approved_by, release.approved_at = user, timezone.now()
        _begin(release)
        log(release.page, APPROVED, user=user)
    return release


def repeat(*, release_id: int) -> Release:
    """Build once more what was frozen, after a build that failed or was stopped."""
    with transaction.atomic():
        release = locked(release_id)
        if release.state not in REPEATABLE or not is_unchanged(release):
            raise ReleaseError(_("This release has to be offered again first."))
        _begin(release)
    return release


def stop(*, release_id: int) -> Release:
    """Stop a build. Nothing of it was public."""
    with transaction.atomic():
        release = locked(release_id)
        if release.state != ReleaseState.BUILDING:
            raise ReleaseError(_("This release is not being built."))
        release.state, release.claim, release.lease_until = ReleaseState.STOPPED, "", None
        release.save(update_fields=["state", "claim", "lease_until"])
    return release


def give_notice(
    *, release_id: int, kind: str, reason: str, user: Any, corrected_in: Release | None = None
) -> Release:
    """Tell readers what is wrong with a release; its record and its files stay."""
    with transaction.atomic():
        release = locked(release_id)
        if not release.is_public:
            raise ReleaseError(_("This release is not out."))
        if not reason.strip():
            raise ReleaseError(_("Say what is wrong with it, for people who use it."))
        withdrawn = kind == NoticeKind.WITHDRAWN
        if not withdrawn and (corrected_in is None or corrected_in.pk == release.pk):
            raise ReleaseError(_("Choose the release in which this is corrected."))
        release.state = ReleaseState.WITHDRAWN if withdrawn else ReleaseState.RELEASED
        release.notice_kind, release.notice_reason = NoticeKind(kind), reason.strip()
        release.notice_at, release.corrected_in = timezone.now(), corrected_in
        release.save(
            update_fields=["state", "notice_kind", "notice_reason", "notice_at", "corrected_in"]
        )
        told = AnnouncementKind.WITHDRAWN if withdrawn else AnnouncementKind.CORRECTED
        announce(page=release.page, kind=told, note=until(reason, 255))
        log(release.page, NOTICE, user=user)
    return release


def locked(release_id: int) -> Release:
    """Return a release that nobody else can change until this transaction ends."""
    # `of` keeps the page out of it: PostgreSQL refuses to lock what an outer join may miss.
    rows = Release.objects.select_for_update(of=("self",)).select_related("page", "revision")
    return rows.get(pk=release_id)


def digest(content: Any) -> str:
    """Return the SHA-256 of frozen content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _link(page: ReleasePage) -> None:
    """Link a release that was composed by itself to the same release in another language."""
    if page.get_translations().exists():
        return
    toolkits = page.get_parent().get_translations()
    same = ReleasePage.objects.filter(major=page.major, minor=page.minor, patch=page.patch)
    for twin in same.exclude(locale=page.locale):
        taken = twin.get_translations().filter(locale=page.locale).exists()
        if not taken and toolkits.filter(pk=twin.get_parent().pk).exists():
            page.translation_key = twin.translation_key
            page.save(update_fields=["translation_key"], clean=False)
            return


def _freeze(release: Release) -> None:
    draft = release.revision.as_object() if release.revision else None
    problems = what_is_missing(draft) if draft else [""]
    if problems:
        raise ReleaseError(" ".join(problems))
    frozen = freeze(draft)
    release.content, release.content_sha256 = frozen.content, digest(frozen.content)
    ReleaseFile.objects.filter(release=release).delete()
    stored: set[str] = set()
    for picture in frozen.shown_pictures():
        if picture["sha256"] not in stored:
            stored.add(picture["sha256"])
            data = frozen.pictures[picture["sha256"]]
            store_picture(release, picture["sha256"], picture["format"], data)


def _begin(release: Release) -> None:
    release.state, release.claim, release.error = ReleaseState.BUILDING, "", ""
    release.attempts = release.done = 0
    release.total = len(parts_of(release.content)) + 2
    release.lease_until = timezone.now() + tasks.WAKE_AGAIN
    release.save()
    tasks.wake(release)


def is_unchanged(release: Release) -> bool:
    """Say whether the draft is still the one that was approved."""
    latest = release.page.latest_revision_id
    return bool(release.content and release.revision_id and latest == release.revision_id)
