"""A copy of this site never sends: not a restored backup, not a test machine.

The database names the installation that sends from it, by a key, the public address of
the site, and a number that counts up while sending. The data folder holds the same in a
file, which also knows its own place on the disk. When they differ the database was put
back, copied or moved, and what waits in it may have been sent already. Then nothing goes
out until an operator runs `manage.py send_from_here`.

A machine that joins an existing site is let in by the same command, or by
`INSTALLATION_KEY` in its environment.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from newsletter.models import Installation
from newsletter.wire_addresses import host

FILE = "sends-from-here.json"
_SIZE = 512
"""Octets of the file: always the same, so that it is written over in place in one go."""


def why_not_here() -> str:
    """Return in one sentence why nothing may be sent from here; "" when it may.

    The first sender of a new database lets itself in.
    """
    row = Installation.objects.first()
    if row is None:
        admit()
        return ""
    if row.site != host():
        return _("This database belongs to %(site)s, and this site is %(here)s.") % {
            "site": row.site,
            "here": host(),
        }
    if settings.INSTALLATION_KEY:
        return _by_environment(row)
    return _by_file(row, _read())


def _by_environment(row: Installation) -> str:
    if str(row.key) == settings.INSTALLATION_KEY:
        return ""
    return _("INSTALLATION_KEY is not the key of the database that is used here.")


def _by_file(row: Installation, mark: dict[str, Any]) -> str:
    if not mark:
        return _("This data folder has not sent from this database before.")
    if mark.get("key") != str(row.key):
        return _("This data folder belongs to another database.")
    if mark.get("place") != _place():
        return _("This data folder is a copy, or was moved.")
    if int(mark.get("step", 0)) > row.step:
        return _("The database is older than what was sent from here: it was put back.")
    return ""


@transaction.atomic
def admit() -> Installation:
    """Let this database send from this data folder and address, and from no other."""
    Installation.objects.all().delete()
    row = Installation.objects.create(site=host())
    _write(row)
    return row


def join() -> None:
    """Let this data folder send too, beside those that do already."""
    _write(Installation.objects.get())


def step() -> None:
    """Count up, in the database first. Called every few seconds while sending."""
    Installation.objects.update(step=F("step") + 1)
    row = Installation.objects.first()
    if row and not settings.INSTALLATION_KEY:
        _write(row)


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _place() -> str:
    """Return what a copy of the file would not have: its path and its number on the disk."""
    path = _path()
    return f"{path.resolve()}:{path.stat().st_ino}"


def _read() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(row: Installation) -> None:
    """Write over the file in place: a new file would be at another place on the disk."""
    handle = os.open(_path(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        mark = {"key": str(row.key), "step": row.step, "place": _place()}
        text = json.dumps(mark).encode()
        os.pwrite(handle, text.ljust(_SIZE), 0)
        os.ftruncate(handle, max(_SIZE, len(text)))
        os.fsync(handle)
    finally:
        os.close(handle)
