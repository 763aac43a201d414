"""From a record to a citation: safe HTML with italics, and the same as plain text."""

from __future__ import annotations

import html
import threading
import warnings
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography
from citeproc.source.json import CiteProcJSON

from kenniskamer.bibliography.record import Record
from kenniskamer.citation.corrections import corrected, prepared
from kenniskamer.citation.processor import ITALIC, UPRIGHT, Marks, Style
from kenniskamer.citation.styles import LOCALE_OF_STYLE, LOCALES, StyleName


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference in one style: `html` is safe and has only `<i>` in it."""

    style: str
    label: str
    html: SafeString
    text: str


# A style of citeproc-py remembers what it is rendering, so two threads would mix.
_lock = threading.Lock()


def cite(record: Record, style: StyleName, language: str) -> Citation:
    """Return the reference of a record as a style has it, with the words of a language."""
    marked = corrected(_rendered(record, style, language), record, style.code, language)
    safe = html.escape(marked, quote=False).replace(ITALIC, "<i>").replace(UPRIGHT, "</i>")
    text = marked.replace(ITALIC, "").replace(UPRIGHT, "")
    # Escaped as a whole above; the only tags are ours.
    return Citation(style.code, style.label, mark_safe(safe), text)  # noqa: S308


def _rendered(record: Record, style: StyleName, language: str) -> str:
    """Return the citation with marks for italics."""
    item = prepared(record, style.code, language)
    with _lock, warnings.catch_warnings():
        # Variables newer than citeproc-py are left out with a warning each.
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            _style(style, language), CiteProcJSON([item]), Marks
        )
        bibliography.register(Cluster([CitationItem(item["id"])]))
        # Nothing at all comes out of a record that says nothing.
        return "".join(str(line) for line in bibliography.bibliography())


@lru_cache(maxsize=16)
def _style(style: StyleName, language: str) -> Style:
    locale = LOCALE_OF_STYLE.get((style.code, language), LOCALES.get(language, "en-US"))
    return Style(style.file, locale)
