"""Which pages a visitor may see, as one condition inside the query."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Length, Substr

from wagtail.models import PageViewRestriction

Pages = TypeVar("Pages", bound=QuerySet[Any, Any])


def restricted() -> Exists:
    """Say in SQL whether a page, or a page above it, asks for a login or password.

    Wagtail's own `public()` asks the database for all restrictions first, at each use.
    """
    above = PageViewRestriction.objects.annotate(length=Length("page__path"))
    prefix = Substr(OuterRef("path"), 1, F("length"))  # type: ignore[arg-type]  # F works here
    return Exists(above.filter(page__path=prefix))


def visible(pages: Pages) -> Pages:
    """Keep the pages every visitor may see: live, and not restricted."""
    return pages.filter(~restricted(), live=True)
