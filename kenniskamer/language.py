"""The language of a text, as ISO 639-1.

Only called where files are read: the model takes a second and 100 MB once per
process, so it is loaded at first use and then kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ["nl", "en", "de", "fr", "es", "it", "pt", "pl", "da", "sv", "tr", "ar", "uk"]
"""What studies in this field are written in; fewer choices make fewer mistakes."""

SAMPLE_CHARACTERS = 20_000
LEAST_LETTERS = 40
LEAST_CERTAINTY = 0.8
PAGE_CHARACTERS = 300
"""A page with less takes the language of the file: names and figures mislead."""


def of_text(text: str) -> str:
    """Return the language of a text, "" when it cannot be told."""
    sample = text[:SAMPLE_CHARACTERS]
    if sum(sign.isalpha() for sign in sample) < LEAST_LETTERS:
        return ""
    language, certainty = _identifier().classify(sample)
    return str(language) if certainty >= LEAST_CERTAINTY else ""


def of_pages(pages: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language of most pages of a file, and that of each page.

    Pages decide by number and not by length; where none says enough, all
    together do.
    """
    found = [of_text(text) for text in pages]
    votes = Counter(language for language in found if language)
    main = votes.most_common(1)[0][0] if votes else of_text("\n".join(pages))
    long = [len(text) >= PAGE_CHARACTERS for text in pages]
    own = zip(found, long, strict=True)
    return main, [language if language and is_long else main for language, is_long in own]


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
