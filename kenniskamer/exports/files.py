"""Studies as a file for reference managers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.text import slugify

from kenniskamer.bibliography.formats import EXPORTS
from kenniskamer.bibliography.study import record_of
from kenniskamer.models import ResearchPage
from kenniskamer.querysets import ResearchQuerySet

MOST_STUDIES = 5_000
"""Studies in one file."""

NAME_CHARACTERS = 60


def response(pages: Iterable[ResearchPage], extension: str, name: str) -> HttpResponse:
    """Return studies as a file to download, in the format of that extension."""
    export = EXPORTS[extension]
    text = export.write([record_of(page) for page in pages])
    answer = HttpResponse(text, content_type=f"{export.content_type}; charset=utf-8")
    filename = f"{slugify(name)[:NAME_CHARACTERS].strip('-') or 'studies'}.{extension}"
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def loaded(studies: ResearchQuerySet) -> Sequence[ResearchPage]:
    """Load what a record needs of studies, and nothing of their long texts."""
    rows = studies.prefetch_related("authors").defer("question", "findings", "practice", "limits")
    return list(rows[:MOST_STUDIES])
