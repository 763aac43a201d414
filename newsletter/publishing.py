"""The pages of an edition become public the moment its first mail may go out."""

from __future__ import annotations

from newsletter.enums import EditionState
from newsletter.models import Edition, EditionPage
from newsletter.standing import is_out


def publish_pages(edition: Edition) -> None:
    """Publish the pages of an edition that is going out. Safe to call twice.

    The link “Read online” in the mail leads to them.
    """
    if not is_out(edition):
        return
    for page in EditionPage.objects.filter(edition=edition, live=False):
        page.edition = edition
        page.get_latest_revision().publish(log_action=False)


def publish_missing() -> None:
    """Publish what a process that died between sending and publishing left behind."""
    states = (EditionState.SENDING, EditionState.PAUSED, EditionState.SENT, EditionState.STOPPED)
    waiting = Edition.objects.filter(state__in=states, pages__live=False).distinct()
    for edition in waiting:
        publish_pages(edition)
