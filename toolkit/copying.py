"""A new release begins as a copy of the last one."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from toolkit.models import ReleasePage, ToolkitPage


def last_release(toolkit: ToolkitPage) -> ReleasePage | None:
    """Return the release with the highest number, out or not."""
    pages = ReleasePage.objects.child_of(toolkit).order_by("-major", "-minor", "-patch")
    return pages.first()


@transaction.atomic
def begin_next(*, toolkit: ToolkitPage, user: Any) -> ReleasePage:
    """Return the draft of the next release: one that is there, or a copy of the last one.

    Chapters and parts keep their ids, by which two releases are compared.
    """
    last = last_release(toolkit)
    if last is not None and not last.is_released:
        return last
    if last is None:
        page = ReleasePage(title=_named(toolkit, "1.0"), version="1.0")
    else:
        number = str(last.number.next_minor)
        page = ReleasePage(
            title=_named(toolkit, number),
            version=number,
            lead=last.lead,
            licence=last.licence,
            chapters=last.chapters,
        )
        page.page_themes = [
            type(row)(theme=row.theme, sort_order=row.sort_order) for row in last.page_themes.all()
        ]
    page.locale, page.owner, page.live = toolkit.locale, user, False
    toolkit.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page


def _named(toolkit: ToolkitPage, number: str) -> str:
    return f"{toolkit.title} {number}"
