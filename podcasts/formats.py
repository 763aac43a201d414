"""The files under an episode: its transcript in each form, and its chapters."""

from __future__ import annotations

from html import escape
from typing import Any

from django.conf import settings

from podcasts.chapters import as_json, marks_of
from podcasts.transcripts.writing import FORMS

WORDS = "transcript"
"""The name of the transcript in addresses, alone and before the ending of each form."""
CHAPTERS = "chapters.json"
FILES = (CHAPTERS, *(f"{WORDS}.{form}" for form in FORMS))
"""What stands under the address of an episode, for apps and for people who save it."""
IN_FEED = {"vtt": True, "srt": True, "html": False}
"""The forms apps are told of, and whether each line in it knows when it is spoken."""
TO_SAVE = {"vtt": "WebVTT", "srt": "SRT", "txt": "TXT"}
"""The forms people save, with their names."""


def transcript(episode: Any, form: str) -> tuple[str, str]:
    """Return the transcript of an episode in one of FORMS, with its media type."""
    spoken, made = episode.spoken, FORMS[form]
    text = made.write(spoken.cue_list)
    if form == "html":
        text = _document(episode, spoken.language or episode.language, text)
    return text, made.content_type


def chapters(episode: Any) -> str:
    """Return the chapters as JSON chapters 1.2 (Podcasting 2.0)."""
    rows = episode.chapters.select_related("image")
    return as_json(marks_of(rows, settings.BASE_URL))


def _document(episode: Any, language: str, body: str) -> str:
    """Put words in a page of their own, which leads search engines to the one for readers."""
    canonical = f"{settings.BASE_URL}{episode.url}{WORDS}/"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(episode.title)}</title>"
        f'<link rel="canonical" href="{escape(canonical)}"></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )
