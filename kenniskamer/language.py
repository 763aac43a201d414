"""The language of a text, as ISO 639-1.

Only called where files are read: the model takes a second and 100 MB once per
process, so it is loaded at first use and then kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ["nl", "en", "de", "fr", "es", "it", "pt", "pl", "da", "sv", "tr", "ar", "uk"]
"""What studies in this field are written in; fewer choices make fewer mistakes."""

SAMPLE_CHARACTERS = 20_000
LEAST_LETTERS = 40
PAGE_CHARACTERS = 300
"""A page with less takes the language of the file: names and figures mislead."""


def of_text(text: str) -> str:
    """Return the language of a text, "" when there is too little to tell."""
    sample = text[:SAMPLE_CHARACTERS]
    if sum(sign.isalpha() for sign in sample) < LEAST_LETTERS:
        return ""
    return str(_identifier().classify(sample)[0])


def of_file(pages: Sequence[str]) -> str:
    """Return the language most of a file is in.

    Each page gives an equal part, so that a foreign summary does not decide.
    """
    filled = [text for text in pages if text]
    part = max(SAMPLE_CHARACTERS // max(len(filled), 1), 100)
    return of_text("\n".join(text[:part] for text in filled))


def of_page(text: str, language: str) -> str:
    """Return the language of one page of a file in `language`."""
    return (of_text(text) if len(text) >= PAGE_CHARACTERS else "") or language


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
