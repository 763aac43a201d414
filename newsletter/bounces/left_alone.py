"""Mail that came by the pipe and was no report: kept in a Maildir, for people to read."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

NAME = "returned-mail"


def folder() -> Path:
    """Return where that Maildir is, in the data folder."""
    return Path(settings.DATA_DIR) / NAME


def forget(address: str) -> None:
    """Delete what names an address: somebody wrote to us and wants to be forgotten."""
    if not address:
        return
    for path in folder().glob("*/*"):
        if path.is_file() and address.lower().encode() in path.read_bytes().lower():
            path.unlink(missing_ok=True)
