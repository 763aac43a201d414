"""What happens to references: handed in, read, chosen, made into drafts."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from wagtail.coreutils import find_available_slug

from core.batches import LEASE, hold
from kenniskamer.bibliography import sandboxed
from kenniskamer.bibliography.record import Record
from kenniskamer.bibliography.study import fill
from kenniskamer.drafts import SLUG_CHARACTERS, library
from kenniskamer.duplicates import find, keys_of_record
from kenniskamer.models import KenniskamerPage, ResearchPage
from kenniskamer.models.imports import (
    ImportState,
    ReferenceFile,
    ReferenceImport,
    ReferenceRow,
    Verdict,
)
from kenniskamer.pagetext import normalise
from kenniskamer.references.verdicts import judged

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 500
CHOSEN = (Verdict.NEW,)
"""What is chosen until the editor decides otherwise."""


def hand_in(files: Iterable[tuple[str, bytes]], user: Any = None) -> ReferenceImport:
    """Store what was handed in, to be read."""
    with transaction.atomic():
        batch = ReferenceImport.objects.create(user=user, lease_until=timezone.now() + LEASE)
        ReferenceFile.objects.bulk_create(
            ReferenceFile(
                batch=batch, name=normalise(name).replace("\n", " ")[:200] or "-", content=content
            )
            for name, content in files
        )
    return batch


def read(batch: ReferenceImport) -> None:
    """Read the files of an import and judge their records.

    May be repeated: rows and the end of the bytes are stored in one go.
    """
    hold(batch)
    files = list(batch.files.all())
    found = [
        (file, one)
        for file in files
        for one in sandboxed.read(bytes(file.content or b""), on_heartbeat=lambda: hold(batch))
    ]
    judgements = judged([one for _file, one in found])
    rows = [
        ReferenceRow(
            batch=batch,
            file=file,
            found=one.as_json(),
            verdict=judgement.verdict,
            missing=list(judgement.missing),
            sign=judgement.sign,
            duplicate_of_id=judgement.duplicate_of,
            wanted=judgement.verdict in CHOSEN,
        )
        for (file, one), judgement in zip(found, judgements, strict=True)
    ]
    with transaction.atomic():
        # Whoever was faster has read it already.
        held = ReferenceImport.objects.select_for_update().get(pk=batch.pk)
        if held.state == ImportState.READING:
            _store(rows, [judgement.twin for judgement in judgements])
            batch.files.update(content=None)
            # Where nothing can be read there is nothing to choose, so it does not wait for that.
            readable = any(row.verdict != Verdict.UNREADABLE for row in rows)
            held.state = ImportState.READY if readable else ImportState.DONE
            held.lease_until, held.attempts = None, 0
            held.save(update_fields=["state", "lease_until", "attempts"])
    batch.refresh_from_db()


def _store(rows: list[ReferenceRow], twins: Sequence[int | None]) -> None:
    ReferenceRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    doubled = []
    for row, twin in zip(rows, twins, strict=True):
        if twin is not None:
            row.twin_id = rows[twin].pk
            doubled.append(row)
    ReferenceRow.objects.bulk_update(doubled, ["twin"], batch_size=ROWS_AT_ONCE)


def choose(batch: ReferenceImport, shown: Iterable[int], wanted: Iterable[int]) -> None:
    """Note which of the records shown are to be imported."""
    rows = batch.rows.filter(pk__in=list(shown), page=None).exclude(verdict=Verdict.UNREADABLE)
    chosen = list(wanted)
    rows.exclude(pk__in=chosen).update(wanted=False)
    rows.filter(pk__in=chosen).update(wanted=True)


def begin(batch: ReferenceImport) -> bool:
    """Put an import in line for its drafts; False when that has happened already."""
    return bool(
        ReferenceImport.objects.filter(
            pk=batch.pk, state__in=[ImportState.READY, ImportState.DONE]
        ).update(state=ImportState.IMPORTING, lease_until=timezone.now() + LEASE, attempts=0)
    )


def bring_in(batch: ReferenceImport, *, publish: bool = False) -> None:
    """Make a draft of every chosen record that has none; what fails stops nothing else."""
    rows = batch.rows.filter(wanted=True, page=None, failed=False).select_related("file")
    for row in rows.iterator(chunk_size=100):
        hold(batch)
        bring_in_row(row, batch.user, publish=publish)
    ReferenceImport.objects.filter(pk=batch.pk).update(state=ImportState.DONE, lease_until=None)
    batch.refresh_from_db()


def bring_in_row(row: ReferenceRow, user: Any, *, publish: bool = False) -> None:
    """Make the draft of one record, unless it has come in since it was judged."""
    record = row.reading.record
    if record is None:
        return
    try:
        with transaction.atomic():
            _bring_in(row, record, user, publish)
    except ValidationError as error:
        logger.warning("Reference %s does not fit a study: %s", row.pk, sorted(error.message_dict))
        ReferenceRow.objects.filter(pk=row.pk).update(failed=True)


def _bring_in(row: ReferenceRow, record: Record, user: Any, publish: bool) -> None:
    parent = _locked_library()
    current = ReferenceRow.objects.select_for_update().get(pk=row.pk)
    if current.page_id:
        return
    if row.verdict != Verdict.DUPLICATE and (here := find(keys_of_record(record))):
        key = min(here)
        current.verdict, current.sign = Verdict.DUPLICATE, key.sign
        current.duplicate_of_id, current.wanted = here[key][0], False
    else:
        current.page = make_draft(parent, record, user)
        if publish:
            current.page.get_latest_revision().publish(user=user)
    current.save()


def _locked_library() -> KenniskamerPage:
    """Return the library, held so that two workers give no two drafts the same place."""
    parent = library()
    if parent is None:
        raise ValidationError({"library": "There is no library page."})
    held: KenniskamerPage = KenniskamerPage.objects.select_for_update().get(pk=parent.pk)
    return held


def make_draft(parent: KenniskamerPage, record: Record, user: Any) -> ResearchPage:
    """Make the draft of a study from a record."""
    page = ResearchPage(locale=parent.locale, owner=user, live=False)
    fill(page, record)
    slug = slugify(page.title)[:SLUG_CHARACTERS].strip("-") or "onderzoek"
    page.slug = find_available_slug(parent, slug)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page
