"""The types of document the hub takes, and how it knows them by their first bytes."""

from __future__ import annotations

from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Extension → media type. What is not here is neither taken nor served as itself:
# no HTML, SVG or script can run from our own origin.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "zip": "application/zip",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}

# Types a browser may show in its own window; all others are saved.
SHOWN_INLINE = {"application/pdf", "text/plain"}

_SIGNATURES = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"), (b"PK\x03\x04",)),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "m4a": (b"ftyp",),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
# ISO 32000 readers accept a PDF header anywhere in the first 1,024 bytes.
_SIGNATURE_WINDOW = {"pdf": 1024, "m4a": 12}


def extension_of(filename: str) -> str:
    """Return the extension in lower case, without its dot."""
    return PurePath(filename).suffix.lower().lstrip(".")


def looks_like(head: bytes, extension: str) -> bool:
    """Say whether the first bytes of a file fit its extension."""
    signatures = _SIGNATURES.get(extension)
    if signatures is None:
        return b"\x00" not in head
    window = head[: _SIGNATURE_WINDOW.get(extension, 0)] if extension in _SIGNATURE_WINDOW else head
    if extension in _SIGNATURE_WINDOW:
        return any(signature in window for signature in signatures)
    return head.startswith(signatures)


def check_content(file: IO[bytes], filename: str) -> None:
    """Refuse a file that is too large, of no declared type, or not what it says.

    Raises ValidationError with a sentence that tells the editor what to do.
    """
    extension = extension_of(filename)
    if extension not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of type “%(type)s” cannot be stored. Use one of: %(types)s.")
            % {"type": extension or "?", "types": ", ".join(CONTENT_TYPES)},
            code="type",
        )
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    if size > settings.HUB_MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("This file is %(size)d MB; at most %(limit)d MB can be stored.")
            % {"size": size // 1_000_000, "limit": settings.HUB_MAX_UPLOAD_BYTES // 1_000_000},
            code="size",
        )
    if not head or not looks_like(head, extension):
        raise ValidationError(
            _("This is not a %(type)s file, although its name says so. Check the file.")
            % {"type": extension.upper()},
            code="content",
        )
