"""`manage.py ingest FILE…`: read PDFs into the library from the terminal."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kenniskamer import reading
from kenniskamer.choices import original_language
from kenniskamer.drafts import library
from kenniskamer.enums import READABLE
from kenniskamer.extraction import PageProgress
from kenniskamer.intake import IntakeStatus, delete, page_of, receive
from kenniskamer.models import SourceFile
from search.indexing import process_pending

logger = logging.getLogger(__name__)

BAR_WIDTH = 24


@dataclass(slots=True)
class Row:
    """What became of one file; the columns of `--json`."""

    file: str
    sha256: str | None = None
    status: str = IntakeStatus.FAILED
    page_id: int | None = None
    title: str | None = None
    language: str | None = None
    pages: int = 0
    pages_with_text: int = 0
    seconds: float = 0.0
    error: str | None = None

    def tell(self, source: SourceFile) -> None:
        """Take over what is known about a stored file."""
        page = page_of(source)
        self.sha256 = source.sha256
        self.page_id = page.pk if page else None
        self.title = page.title if page else source.document.title
        self.language = source.language or None
        self.pages = source.page_count
        self.pages_with_text = source.pages_with_text


class Command(BaseCommand):
    """Store, read and file PDFs one after another; a bad one never stops the rest."""

    help = "Read PDFs into the library: one draft study for each new file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="Publish each new study.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line on stdout.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ingest all files; exit with 1 when any of them failed."""
        if library() is None:
            raise CommandError(_("There is no library page yet. Make one first, or run the demo."))
        failed = False
        for path in options["files"]:
            row = ingest(path, publish=options["publish"])
            failed = failed or row.status == IntakeStatus.FAILED
            self.stdout.write(
                json.dumps(asdict(row), ensure_ascii=False) if options["json"] else in_words(row)
            )
            self.stdout.flush()
        if options["publish"]:
            process_pending()
        if failed:
            sys.exit(1)


def ingest(path: Path, *, publish: bool) -> Row:
    """Take one file through the whole pipeline. Never raises because of the file."""
    # A name that is not UTF-8 can be opened, but neither stored nor printed as it is.
    row = Row(file=os.fsencode(path).decode(errors="replace"))
    started = time.monotonic()
    try:
        _ingest(path, row, publish)
    except OSError as error:
        row.error = _("This file cannot be opened: %(cause)s.") % {"cause": error.strerror or error}
    except Exception:
        logger.exception("Ingesting %s failed", path.name)
        row.status = IntakeStatus.FAILED
        row.error = _("Something went wrong in the hub itself; its log tells what.")
    row.seconds = round(time.monotonic() - started, 2)
    return row


def _ingest(path: Path, row: Row, publish: bool) -> None:
    # Opening a pipe or a device could wait for ever.
    if not path.is_file():
        raise FileNotFoundError(2, _("it is not there, or not a file"))
    with path.open("rb") as file:
        result = receive(file, path.name, in_background=False)
    source = result.source_file
    if source is None:
        row.error = result.error
        return
    is_new = result.status is IntakeStatus.CREATED
    if is_new or (result.page is None and source.state not in READABLE):
        reading.read(source.pk, progress_bar(path.name, sys.stderr))
    source.refresh_from_db()
    row.tell(source)
    if source.has_failed:
        row.error = f"{source.get_state_display()}. {source.advice}"
        if is_new:
            delete(source)
        return
    row.status = result.status
    row.error = source.advice if source.is_partly_read else None
    if publish and is_new:
        _publish(source)


def _publish(source: SourceFile) -> None:
    """Publish a new study, with the language of its file: nobody will fill in its form."""
    page: Any = page_of(source)
    if page and not page.live:
        draft = page.get_latest_revision_as_object()
        draft.original_language = original_language(source.language)
        draft.save_revision().publish()


def in_words(row: Row) -> str:
    """Return a row for people."""
    labels = {
        IntakeStatus.CREATED: _("new"),
        IntakeStatus.DUPLICATE: _("already here"),
        IntakeStatus.FAILED: _("failed"),
    }
    facts = _("%(title)s, %(pages)d p.") % {"title": row.title or "", "pages": row.pages}
    what = row.error or facts
    return f"{Path(row.file).name}: {labels[IntakeStatus(row.status)]}. {what}"


def progress_bar(name: str, stream: TextIO) -> PageProgress | None:
    """Return what draws a bar on a terminal; None where nobody watches."""
    if not stream.isatty():
        return None

    def draw(done: int, total: int) -> None:
        filled = BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        end = "\n" if done == total else ""
        stream.write(f"\r{bar} {done}/{total}  {name[:50]}{end}")
        stream.flush()

    return draw
