"""Who may do what with editions. Plain predicates."""

from __future__ import annotations

from typing import Any

from newsletter.models import Edition, EditionPage, NewsletterPage


def user_can_compose(user: Any) -> bool:
    """Say whether this user may begin, compose and test editions."""
    pages = NewsletterPage.objects.all()
    return any(page.permissions_for_user(user).can_add_subpage() for page in pages)


def user_can_send(user: Any, edition: Edition) -> bool:
    """Say whether this user may approve and send: who may publish below every newsletter in it."""
    pages = EditionPage.objects.filter(edition=edition)
    parents = NewsletterPage.objects.filter(
        path__in=[page.path[: -page.steplen] for page in pages.only("path", "depth")]
    )
    rights = [page.permissions_for_user(user).can_publish_subpage() for page in parents]
    return bool(rights) and all(rights)
