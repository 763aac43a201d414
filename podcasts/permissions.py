"""Who may work on podcasts. Plain predicates."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from podcasts.models import EpisodePage, PodcastPage


def user_can_edit(user: Any, page: EpisodePage | PodcastPage) -> bool:
    """Say whether this user may change a page now: allowed to, and not locked out."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and not permissions.page_locked())


def podcasts_of(user: Any) -> list[PodcastPage]:
    """Return the series this user may add episodes to."""
    pages = PodcastPage.objects.select_related("locale").order_by("title")
    return [page for page in pages if page.permissions_for_user(user).can_add_subpage()]


def user_can_make_episodes(user: Any) -> bool:
    """Say whether this user may add an episode to some series."""
    return bool(podcasts_of(user))


def episode_for(user: Any, page_id: int) -> EpisodePage:
    """Return an episode this user may edit. Raises Http404 or PermissionDenied."""
    page: EpisodePage = get_object_or_404(EpisodePage, pk=page_id)
    if not user_can_edit(user, page):
        raise PermissionDenied
    return page
