"""Logs without people: what an error says may hold an address, or a link that opens a page.

Our own messages name nobody. Messages of others may: a database tells which value stood there
already, Django which page was not found, and the address of a page about one person holds the
token that opens it. So every line is cleaned when it is written, whoever wrote it.
"""

from __future__ import annotations

import logging
import re

_ADDRESS = re.compile(r"[^\s<>\"'(),:;=\[\]{}/]+@[^\s<>\"'(),:;=\[\]{}/@]+\.\w+")
# Tokens of `core.signed_links` and encrypted words: long, and never in small letters only.
_TOKEN = re.compile(r"(?=[\w-]*[A-Z])[\w-]{40,}=*")


def clean(text: str) -> str:
    """Return a text without e-mail addresses and tokens."""
    return _TOKEN.sub("…", _ADDRESS.sub("…@…", text))


class CleanFormatter(logging.Formatter):
    """Writes lines, and the tracebacks below them, without people."""

    def format(self, record: logging.LogRecord) -> str:
        """Clean the whole of what is written."""
        return clean(super().format(record))
