"""Two studies beside each other: what each says, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wagtail.fields import RichTextField

from core.plain_text import rich_text
from kenniskamer.merging import FIELDS
from kenniskamer.models import ResearchPage

SIGNS = {
    "file": lambda: _("the same file"),
    "doi": lambda: _("the same DOI"),
    "isbn": lambda: _("the same ISBN"),
    "work": lambda: _("the same title, year and first author"),
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of two studies, as text; `choice` is the side that is chosen to begin with."""

    name: str
    label: str
    older: str
    newer: str
    choice: str

    @property
    def differs(self) -> bool:
        """Say whether the two say something else."""
        return self.older != self.newer


def field_rows(older: ResearchPage, newer: ResearchPage, stays: str) -> list[FieldRow]:
    """Return the fields that at least one of two drafts fills in.

    What the study that stays lacks is chosen from the other.
    """
    rows = []
    for name in FIELDS:
        texts = {"older": text_of(older, name), "newer": text_of(newer, name)}
        if any(texts.values()):
            other = "newer" if stays == "older" else "older"
            choice = stays if texts[stays] else other
            rows.append(FieldRow(name, _label(name), texts["older"], texts["newer"], choice))
    return rows


def text_of(page: ResearchPage, name: str) -> str:
    """Return what a field of a draft says, for people."""
    if name == "authors":
        return "; ".join(author.full_name for author in page.authors.all())
    field: Field[Any, Any] = page._meta.get_field(name)
    value = getattr(page, name)
    if isinstance(field, RichTextField):
        return rich_text(value)
    if field.choices:
        return str(getattr(page, f"get_{name}_display")() or "") if value else ""
    return formats.date_format(value) if hasattr(value, "isoformat") else str(value or "")


def in_words(signs: Iterable[str]) -> list[str]:
    """Say what two studies share."""
    return [SIGNS[sign]() for sign in signs if sign in SIGNS]


def _label(name: str) -> str:
    if name in ("authors", "lead"):
        return _("Authors") if name == "authors" else _("In short")
    field: Field[Any, Any] = ResearchPage._meta.get_field(name)
    return str(capfirst(field.verbose_name))
