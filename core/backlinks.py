"""Where a page is used: the public pages that link to it, grouped by kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, QuerySet, When
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex

from core.querysets import visible

MOST = 100
"""Uses that are shown; a page that is linked from everywhere says so with these."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The pages of one kind that use a page."""

    label: str
    pages: list[Page]


def used_by(page: Page, *, leave_out: str = "") -> list[Uses]:
    """Return the public pages that refer to a page, in one query.

    Every page class of every room is found, because the CMS keeps a list of
    references in fields, blocks and rich text. `leave_out` names a relation whose
    references say something else than use.
    """
    found = visible(Page.objects.filter(pk__in=_referring(page, leave_out))).exclude(pk=page.pk)
    groups: dict[str, list[Page]] = {}
    for row in found.order_by("title")[:MOST]:
        groups.setdefault(_kind(row), []).append(row)
    return [Uses(label, groups[label]) for label in sorted(groups)]


def _referring(page: Page, leave_out: str) -> QuerySet[ReferenceIndex]:
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(page).filter(base_content_type=pages)
    if leave_out:
        references = references.exclude(model_path__startswith=f"{leave_out}.")
    # The ids of other models may be no numbers; the condition keeps them from the cast.
    number = Case(
        When(base_content_type=pages, then=Cast("object_id", BigIntegerField())), default=None
    )
    return references.annotate(referring=number).values("referring")


def _kind(page: Page) -> str:
    model = page.cached_content_type.model_class() or Page
    return str(getattr(model, "search_kind_label", "") or model._meta.verbose_name)
