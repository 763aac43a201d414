"""What imports hold about one person, and taking that out: rows, and lines of waiting files."""

from __future__ import annotations

import csv
import io
import re

from django.core.exceptions import ValidationError

from participants.addresses import address_key
from participants.importing.sheet import Sheet, read_sheet
from participants.models.importing import ImportRow, PeopleImport
from participants.models.participant import Participant


def forget_person(person: Participant) -> None:
    """Take one person out of every import. May be repeated."""
    keys = {row.pk for row in ImportRow.objects.filter(participant=person).only("pk")}
    if key := person.address_key:
        keys |= {row.pk for row in ImportRow.objects.filter(address_key=key).only("pk")}
        # Rows that are no valid address were kept as they stood: "Anna <anna@example.org>".
        odd = ImportRow.objects.filter(address_key="", address__icontains=key)
        keys |= {row.pk for row in odd if names(row.address, key)}
        _forget_in_files(key)
    ImportRow.objects.filter(pk__in=keys).update(address="", address_key="", name="")


def _forget_in_files(key: str) -> None:
    """Rewrite the lists that wait for a decision and name this address."""
    for batch in PeopleImport.objects.exclude(content=None):
        content = without(read_sheet(bytes(batch.content or b"")), key)
        if content is not None:
            waiting = PeopleImport.objects.filter(pk=batch.pk).exclude(content=None)
            waiting.update(content=content)


def without(sheet: Sheet, key: str) -> bytes | None:
    """Return a list without the rows that name one address; None when none does.

    The rows that stay keep their lines, by which an editor finds them in the file.
    """
    kept = [row for row in sheet.rows if not any(names(cell, key) for cell in row.cells)]
    if len(kept) == len(sheet.rows):
        return None
    text = io.StringIO(newline="")
    text.write(f"sep={sheet.separator}\n")
    writer = csv.writer(text, delimiter=sheet.separator, lineterminator="\n")
    line = 1
    for row in kept:
        text.write("\n" * (row.line - line))
        writer.writerow(row.cells)
        line = row.line + 1
    return text.getvalue().encode()


def names(cell: str, key: str) -> bool:
    """Say whether a cell is an address, or holds it among other words."""
    if "@" not in cell:
        return False
    if re.search(rf"(?<![\w.+-]){re.escape(key)}(?![\w-])", cell.lower()):
        return True
    try:
        return address_key(cell) == key
    except ValidationError:
        return False
