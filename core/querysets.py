"""Which pages a visitor may see, as one condition inside the query."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.db.models.functions import Length, Substr

from wagtail.models import PageViewRestriction

AnyPage = TypeVar("AnyPage", bound=Model)


def restricted() -> Exists:
    """Say in SQL whether a page, or a page above it, asks for a login or password.

    Wagtail's own `public()` asks the database for all restrictions first, at each use.
    """
    above = PageViewRestriction.objects.annotate(length=Length("page__path"))
    return Exists(above.filter(page__path=Substr(OuterRef("path"), 1, F("length"))))


def visible(pages: QuerySet[AnyPage]) -> QuerySet[AnyPage]:
    """Keep the pages every visitor may see: live, and not restricted."""
    return pages.filter(~restricted(), live=True)
