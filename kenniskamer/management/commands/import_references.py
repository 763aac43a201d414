"""`manage.py import_references FILE…`: references into the library from the terminal."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kenniskamer.bibliography.sandboxed import MOST_BYTES
from kenniskamer.drafts import library
from kenniskamer.models.imports import ReferenceImport, ReferenceRow, Verdict
from kenniskamer.references import actions
from kenniskamer.references.words import remarks, verdict_in_words
from search.indexing import process_pending


@dataclass(slots=True)
class Told:
    """What became of one record; the columns of `--json`."""

    file: str
    line: int | None = None
    key: str | None = None
    title: str | None = None
    verdict: str = Verdict.UNREADABLE
    imported: bool = False
    page_id: int | None = None
    duplicate_of: int | None = None
    missing: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    label: str = ""


class Command(BaseCommand):
    """Import references from files; a bad record or file never stops the rest."""

    help = "Import RIS, BibTeX or CSL-JSON as draft studies: one line a record, with its verdict."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="One JSON object a line on stdout.")
        parser.add_argument("--dry-run", action="store_true", help="Judge, and import nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish each new study.")
        parser.add_argument(
            "--incomplete", action="store_true", help="Also import records that lack something."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import all files; exit with 1 when a record or a file could not be read."""
        if library() is None:
            raise CommandError(_("There is no library page yet. Make one first, or run the demo."))
        failed = False
        for path in options["files"]:
            for told in import_file(path, options):
                failed = failed or told.verdict == Verdict.UNREADABLE
                self.stdout.write(
                    json.dumps(asdict(told), ensure_ascii=False)
                    if options["json"]
                    else in_words(told)
                )
            self.stdout.flush()
        if options["publish"]:
            process_pending()
        if failed:
            sys.exit(1)


def import_file(path: Path, options: dict[str, Any]) -> list[Told]:
    """Import one file and tell of each of its records. Never raises because of the file."""
    name = os.fsencode(path).decode(errors="replace")
    try:
        content = _content(path)
    except OSError as error:
        cause = error.strerror or str(error)
        said = _("This file cannot be opened: %(cause)s.") % {"cause": cause}
        return [Told(name, remarks=[said], label=_("Unreadable"))]
    batch = actions.hand_in([(path.name, content)])
    actions.read(batch)
    if options["dry_run"]:
        told = [tell(name, row) for row in _rows(batch)]
        batch.delete()
        return told
    if options["incomplete"]:
        batch.rows.filter(verdict=Verdict.INCOMPLETE).update(wanted=True)
    actions.begin(batch)
    actions.bring_in(batch, publish=options["publish"])
    return [tell(name, row) for row in _rows(batch)]


def _content(path: Path) -> bytes:
    # Opening a pipe or a device could wait for ever.
    if not path.is_file():
        raise FileNotFoundError(2, _("it is not there, or not a file"))
    if path.stat().st_size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise OSError(27, _("it is larger than %(most)d MB; split it") % {"most": most})
    return path.read_bytes()


def _rows(batch: ReferenceImport) -> list[ReferenceRow]:
    return list(batch.rows.select_related("file"))


def tell(name: str, row: ReferenceRow) -> Told:
    """Return what became of a record."""
    found = row.reading
    record = found.record
    return Told(
        file=name,
        line=found.line,
        key=record.id or None if record else None,
        title=record.title if record else found.excerpt or None,
        verdict=row.verdict,
        imported=row.page_id is not None,
        page_id=row.page_id,
        duplicate_of=row.duplicate_of_id,
        missing=row.missing,
        remarks=remarks(row, found),
        label=verdict_in_words(row),
    )


def in_words(told: Told) -> str:
    """Return a record for people."""
    place = f"{Path(told.file).name}:{told.line}" if told.line else Path(told.file).name
    parts = [f"{place}: {told.label}.", told.title or "", *told.remarks]
    return " ".join(part for part in parts if part)
