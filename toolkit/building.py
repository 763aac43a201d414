"""Building an approved release: take it, build it, store it and publish it, in that order.

Whoever builds holds a claim that runs out when it is no longer renewed, and writes
nothing without it. Files, state and page become public in one transaction at the
end: a build that stops halfway has published nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import sandbox
from core.sandbox import LIMIT_ENDINGS, Ending, Limits, Outcome
from toolkit import signs
from toolkit.content import Content
from toolkit.enums import FileKind, ReleaseState
from toolkit.models import Release
from toolkit.storing import store_file
from toolkit.words import words_for

logger = logging.getLogger(__name__)

LIMITS = Limits(
    cpu_seconds=180, memory_bytes=3 << 30, wall_seconds=1200, file_bytes=1 << 30, open_files=256
)
PREVIEW_LIMITS = Limits(
    cpu_seconds=60, memory_bytes=3 << 30, wall_seconds=120, file_bytes=1 << 30, open_files=256
)
LEASE = dt.timedelta(seconds=60)
SHOW_SECONDS = 0.5
KEPT = {kind.value for kind in (FileKind.PDF, FileKind.SHEET_PDF, FileKind.SHEET_DOCX)}


class ClaimLost(Exception):
    """Somebody stopped the build, or another worker took it."""


def build(release_id: int) -> Release | None:
    """Build and publish one release; None when it is not there to be taken."""
    claim = take(release_id)
    if not claim:
        return None
    hold = Hold(release_id, claim)
    try:
        release = Release.objects.select_related("page").get(pk=release_id)
        with tempfile.TemporaryDirectory(prefix="release-") as name:
            folder = Path(name)
            lay_out(release, folder)
            outcome = sandbox.run(
                "toolkit.builder.child:build",
                {"path": name},
                limits=LIMITS,
                on_progress=hold.show,
                on_heartbeat=hold.keep,
            )
            if outcome.ending is not Ending.OK:
                return fail(release, claim, said(outcome, hold.part, release.content))
            return store(release, claim, folder, outcome.value)
    except (ClaimLost, Release.DoesNotExist):
        logger.info("Release %s was stopped or taken while it was built", release_id)
        return None


def take(release_id: int) -> str:
    """Claim a release that waits to be built, or whose builder is gone; "" when there is none."""
    claim = secrets.token_hex(16)
    now = timezone.now()
    free = Q(claim="") | Q(lease_until__lt=now)
    taken = Release.objects.filter(free, pk=release_id, state=ReleaseState.BUILDING).update(
        claim=claim, lease_until=now + LEASE, attempts=F("attempts") + 1, done=0
    )
    return claim if taken else ""


class Hold:
    """Keeps the claim while the child builds, and shows how far it is."""

    def __init__(self, release_id: int, claim: str) -> None:
        self._rows = Release.objects.filter(pk=release_id, claim=claim, state=ReleaseState.BUILDING)
        self._shown = 0.0
        self.part = ""

    def show(self, progress: Mapping[str, Any]) -> None:
        """Write how far the build is, twice a second at most."""
        self.part = str(progress.get("part", ""))
        if time.monotonic() - self._shown >= SHOW_SECONDS:
            self._shown = time.monotonic()
            self._write(done=int(progress["done"]), total=int(progress["total"]))

    def keep(self) -> None:
        """Renew the claim; raises ClaimLost when it is gone, which ends the child."""
        self._write()

    def _write(self, **values: int) -> None:
        if not self._rows.update(lease_until=timezone.now() + LEASE, **values):
            raise ClaimLost


def lay_out(release: Release, folder: Path) -> None:
    """Put in a folder what the child needs."""
    pictures: dict[str, bytes] = {}
    for row in release.files.filter(kind=FileKind.PICTURE):
        with row.file.open("rb") as file:
            pictures[row.filename] = file.read()
    write_folder(folder, release.content, words_for(release.page, release.content), pictures)


def write_folder(
    folder: Path, content: Content, words: Mapping[str, str], pictures: Mapping[str, bytes]
) -> None:
    """Write content, words and pictures (by file name) as the child expects them."""
    (folder / "pictures").mkdir()
    for name, data in pictures.items():
        (folder / "pictures" / name).write_bytes(data)
    for name, value in (("content", content), ("words", words)):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        (folder / f"{name}.json").write_text(text, "utf-8")


def said(outcome: Outcome, part: str, content: Content) -> str:
    """Return what went wrong in a sentence that names the part and says what to do."""
    logger.warning("A build ended: %s %s", outcome.ending, outcome.error)
    part = outcome.message if outcome.error == "PartError" else part
    with translation.override(content["language"]):
        if outcome.error == "SignError":
            sign, _space, part = outcome.message.partition(" ")
            return _(
                "The part “%(part)s” holds a sign that cannot be printed: %(sign)s. Write it in "
                "words, and offer the release again."
            ) % {"part": part, "sign": sign}
        if part and outcome.ending in LIMIT_ENDINGS:
            return _(
                "Building took too long or too much memory at the part “%(part)s”. Make its text "
                "or picture smaller, or build again."
            ) % {"part": part}
        if part:
            return _(
                "The part “%(part)s” could not be built. Look at its text and picture, and "
                "offer the release again."
            ) % {"part": part}
        return _("The release could not be built as a whole. Build it again.")


def fail(release: Release, claim: str, error: str) -> Release:
    """Write down why a build failed; raises ClaimLost when it is no longer ours."""
    held = Release.objects.filter(pk=release.pk, claim=claim).update(
        state=ReleaseState.FAILED, claim="", lease_until=None, error=error[:500]
    )
    if not held:
        raise ClaimLost
    release.refresh_from_db()
    return release


def store(release: Release, claim: str, folder: Path, made: list[dict[str, Any]]) -> Release:
    """Make a built release public, with all its files at once."""
    top = f"toolkit-{release.content['version']}-{release.content['language']}"
    with transaction.atomic():
        # A signal may look at the row: it is public before its page is.
        held = Release.objects.filter(pk=release.pk, claim=claim).update(
            state=ReleaseState.RELEASED,
            claim="",
            lease_until=None,
            attempts=0,
            error="",
            released_at=timezone.now(),
            done=F("total"),
        )
        if not held:
            raise ClaimLost
        release.refresh_from_db()
        for row in made:
            if row["kind"] in KEPT:
                name = Path(row["path"]).name if row["part"] else f"{top}.pdf"
                store_file(release, folder / "out" / row["path"], row["kind"], name, row["part"])
        store_file(release, folder / "toolkit.zip", FileKind.ZIP, f"{top}.zip")
        if release.revision is None:
            raise RuntimeError("the revision that was approved is gone")
        release.revision.publish(user=release.approved_by, skip_permission_checks=True)
    return release


def preview(page: Any) -> tuple[bytes, str]:
    """Set a draft as PDF and return it, or b"" and what went wrong. Raises FreezingError."""
    frozen = page.frozen
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        folder = Path(name)
        pictures = {
            f"{part['sha256']}.{part['format']}": frozen.pictures[part["sha256"]]
            for part in frozen.shown_pictures()
        }
        write_folder(folder, frozen.content, words_for(page, frozen.content), pictures)
        outcome = sandbox.run(
            "toolkit.builder.child:preview", {"path": name}, limits=PREVIEW_LIMITS
        )
        if outcome.ending is not Ending.OK:
            strange = " ".join(signs.sentences(frozen.content))
            return b"", strange or said(outcome, "", frozen.content)
        return (folder / "out" / "toolkit.pdf").read_bytes(), ""
