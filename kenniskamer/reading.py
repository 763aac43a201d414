"""Reading a source file: take it, read it, store what it gave, in that order.

At any moment the row tells the truth. Whoever reads holds a claim that runs out
when it is no longer renewed; without it nothing is written. Pages, cover and
draft are stored in one transaction at the end, so a reader sees the old or the
new ones, and a reading that stops halfway has changed nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from kenniskamer import cover
from kenniskamer.drafts import make_draft
from kenniskamer.enums import SourceState
from kenniskamer.extraction import Extraction, PageProgress, extract
from kenniskamer.models import ResearchPage, SourceFile, SourcePage
from kenniskamer.recognition import recognise
from kenniskamer.source_changes import note_changes
from search.outbox import request_update

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
RENEW_SECONDS = 10.0
SHOW_SECONDS = 0.5
"""How often the page number is written for people who watch."""

COPY_BYTES = 1 << 20


class ClaimLost(Exception):
    """Somebody else has taken the file, replaced it or removed it."""


def read(source_file_id: int, on_page: PageProgress | None = None) -> SourceFile | None:
    """Read one file to the end, whatever it holds.

    `on_page` gets the number of pages read and their total. Returns None when the file is not there to be taken: another worker has it,
    it is done, or it is gone.
    """
    claim = take(source_file_id)
    if not claim:
        return None
    hold = Hold(source_file_id, claim, on_page)
    try:
        source = SourceFile.objects.select_related("document").get(pk=source_file_id)
        extraction, picture = _read_file(source.document.file, hold)
        return store(source, claim, extraction, picture)
    except (ClaimLost, SourceFile.DoesNotExist):
        logger.info("Source file %s was taken or removed while it was read", source_file_id)
        return None


def take(source_file_id: int) -> str:
    """Claim a waiting file, or one whose reader is gone; "" when it is not to be had."""
    now = timezone.now()
    claim = secrets.token_hex(16)
    free = Q(state=SourceState.WAITING) | Q(state=SourceState.READING, lease_until__lt=now)
    taken = SourceFile.objects.filter(free, pk=source_file_id).update(
        state=SourceState.READING,
        claim=claim,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        pages_done=0,
    )
    return claim if taken else ""


class Hold:
    """Keeps a claim while its file is read, and shows how far the reading is."""

    def __init__(self, source_file_id: int, claim: str, on_page: PageProgress | None) -> None:
        self._on_page = on_page
        self._rows = SourceFile.objects.filter(pk=source_file_id, claim=claim)
        self._renewed = self._shown = time.monotonic()

    def page(self, done: int, total: int) -> None:
        """Tell how many pages are read."""
        if self._on_page:
            self._on_page(done, total)
        now = time.monotonic()
        if done == 0 or now - self._shown >= SHOW_SECONDS:
            self._shown = now
            self._write(pages_done=done, page_count=total)

    def keep(self) -> None:
        """Renew the claim when it is time; raises ClaimLost when it is gone."""
        if time.monotonic() - self._renewed >= RENEW_SECONDS:
            self._write()

    def _write(self, **values: int) -> None:
        self._renewed = time.monotonic()
        if not self._rows.update(lease_until=timezone.now() + LEASE, **values):
            raise ClaimLost


def _read_file(file: FieldFile, hold: Hold) -> tuple[Extraction, bytes | None]:
    """Return the text and the cover, each from a child of its own."""
    try:
        with local_copy(file) as path:
            extraction = extract(path, on_page=hold.page, on_heartbeat=hold.keep)
            extraction = recognise(path, extraction, on_page=hold.page, on_heartbeat=hold.keep)
            picture = cover.draw(path, hold.keep) if extraction.page_count else None
    except OSError as error:
        logger.warning("A stored document cannot be opened: %s", error)
        return Extraction(SourceState.BROKEN, error="the stored file cannot be opened"), None
    return extraction, picture


@contextmanager
def local_copy(file: FieldFile) -> Iterator[Path]:
    """Give a stored file as a path on this machine, copied when it is elsewhere."""
    try:
        path = file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, file.open("rb") as stored:
            shutil.copyfileobj(stored, copy, COPY_BYTES)
            copy.flush()
            yield Path(copy.name)
    else:
        yield Path(path)


def store(
    source: SourceFile, claim: str, extraction: Extraction, picture: bytes | None
) -> SourceFile:
    """Write all a reading gave at once; raises ClaimLost when it is no longer ours."""
    with transaction.atomic():
        held = SourceFile.objects.filter(pk=source.pk, claim=claim).update(
            claim="", lease_until=None, attempts=0, read_at=timezone.now()
        )
        if not held:
            raise ClaimLost
        source.refresh_from_db()
        _fill(source, extraction)
        if picture:
            _replace_cover(source, picture)
        source.save()
        _replace_pages(source, extraction)
        if source.wants_draft and not source.has_failed and not source.research_sources.exists():
            make_draft(source)
        for page in ResearchPage.objects.live().filter(sources__source_file=source).distinct():
            request_update(page)
    return source


def _fill(source: SourceFile, extraction: Extraction) -> None:
    source.state = extraction.state
    source.pages_done = len(extraction.pages)
    source.page_count = extraction.page_count
    source.pages_with_text = extraction.pages_with_text
    source.pages_recognised = extraction.pages_recognised
    source.lost_characters = sum(page.lost_characters for page in extraction.pages)
    source.language = extraction.language
    source.tagged = extraction.tagged
    source.outline = extraction.outline
    source.metadata = extraction.metadata
    source.suggestions = extraction.suggestions
    source.error = extraction.error


def _replace_cover(source: SourceFile, picture: bytes) -> None:
    """Store the cover under the hash of its file; the same file has the same cover."""
    name = f"{source.sha256}.webp"
    storage = source.cover.storage
    storage.delete(source.cover.field.generate_filename(source, name))
    source.cover.save(name, ContentFile(picture), save=False)
    source.cover_width, source.cover_height = source.cover.width, source.cover.height


def _replace_pages(source: SourceFile, extraction: Extraction) -> None:
    if extraction.pages:
        earlier = list(source.pages.values_list("text", flat=True))
        note_changes(source, earlier, [page.text for page in extraction.pages])
    source.pages.all().delete()
    SourcePage.objects.bulk_create(
        (
            SourcePage(
                source_file=source,
                number=number,
                label=page.label,
                text=page.text,
                language=page.language,
                lost_characters=page.lost_characters,
                recognised=page.recognised,
            )
            for number, page in enumerate(extraction.pages, start=1)
        ),
        batch_size=200,
    )
