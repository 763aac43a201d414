"""Bytes of unknown origin made into lines of clean text, within limits."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
MOST_CUES = 20_000
CUE_CHARACTERS = 2_000
NAME_CHARACTERS = 80

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_ARROW = re.compile(r"--+>")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TranscriptError(ValueError):
    """A transcript that cannot be read, with one sentence that names the place."""


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises TranscriptError for what is too large or no text.
    """
    if len(data) > MOST_BYTES:
        raise TranscriptError(
            _("This file is larger than 5 MB, which no transcript is. Choose another file.")
        )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return tidy(data.decode(encoding, "replace"))
    if b"\x00" in data:
        raise TranscriptError(_("This is not a text file. Save it as VTT, SRT or plain text."))
    try:
        return tidy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return tidy(data.decode("cp1252", "replace"))


def tidy(text: str) -> str:
    """Return text with one kind of line end and without what cannot be shown."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line_of(text: str, limit: int = CUE_CHARACTERS) -> str:
    """Return text as one line a cue can hold; an arrow would end it in every format."""
    return " ".join(_ARROW.sub("→", _CONTROL.sub("", text)).split())[:limit].strip()
