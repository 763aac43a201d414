"""Letting an edition in another language take over choice and order from the Dutch one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from wagtail.models import Page

from newsletter.checking import drafts_of
from newsletter.enums import EditionState
from newsletter.models import Edition

Row = dict[str, Any]


@transaction.atomic
def take_over(*, edition: Edition, user: Any) -> int:
    """Give every other language the blocks of the Dutch page, in its order; return how many.

    A block that is there already keeps its own words; news leads to the page in that
    language where there is one. What is new is copied, and waits for a translation.
    """
    Edition.objects.select_for_update().get(pk=edition.pk, state=EditionState.DRAFT)
    original, *others = drafts_of(edition)
    if original.language != settings.LANGUAGE_CODE:
        return 0
    for page in others:
        body = taken_over(list(original.body.raw_data), list(page.body.raw_data), page)
        # Wagtail turns the list into a stream; the stubs only know the field itself.
        page.body = body  # type: ignore[assignment]
        page.save_revision(user=user, log_action=True)
    return len(others)


def taken_over(original: list[Row], own: list[Row], page: Any) -> list[Row]:
    """Return the body that follows another one."""
    known = {row["id"]: row for row in own}
    return [known.get(row["id"]) or _in_language(row, page.locale_id) for row in original]


def differs(original: list[Row], own: list[Row]) -> bool:
    """Say whether two bodies hold other blocks or have another order."""
    return [row["id"] for row in original] != [row["id"] for row in own]


def _in_language(row: Row, locale_id: int) -> Row:
    number = row["value"].get("page") if isinstance(row["value"], dict) else None
    if not number or row["type"] != "item":
        return dict(row)
    work = Page.objects.filter(pk=number).values("translation_key")[:1]
    same = Page.objects.filter(translation_key=work, locale_id=locale_id, live=True).first()
    if same is None:
        return dict(row)
    return {**row, "value": {**row["value"], "page": same.pk, "lead": "", "note": ""}}
