"""Mail that stays on this machine: one `.eml` file each (RFC 5322), to read and to test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from email import policy
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Django's mail backend that writes files instead of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every message; return how many."""
        for message in email_messages:
            # Django's message knows linesep; the stubs see Python's.
            raw = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            store(raw, Path(settings.MAIL_FOLDER))
        return len(email_messages)


def store(message: bytes, folder: Path) -> Path:
    """Write one message, whole or not at all, and return its file. Names sort by time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    beside, path = folder / f".{name}.part", folder / f"{name}.eml"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message)
    beside.rename(path)
    return path


def forget(address: str) -> None:
    """Delete the mails of the folder that were written to an address, where mail stays there."""
    if settings.EMAIL_BACKEND != "core.mail_folder.FolderBackend":
        return
    for path in Path(settings.MAIL_FOLDER).glob("*.eml"):
        if address.lower() in _recipients(path):
            path.unlink(missing_ok=True)


def _recipients(path: Path) -> set[str]:
    """Return the addresses in the line To of a mail, in lower case."""
    try:
        with path.open("rb") as file:
            told = BytesHeaderParser(policy=policy.compat32).parse(file).get_all("To", [])
    except FileNotFoundError:  # deleted by another meanwhile
        return set()
    return {address.lower() for _name, address in getaddresses([str(line) for line in told])}
