"""Who may bring studies in. Plain predicates."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import BlanketPermissionPolicy

from kenniskamer.drafts import library
from kenniskamer.models import ResearchPage


def user_can_add_research(user: Any) -> bool:
    """Say whether this user may add a study to the library."""
    parent = library()
    return bool(parent and parent.permissions_for_user(user).can_add_subpage())


def user_can_edit_research(user: Any, page: ResearchPage) -> bool:
    """Say whether this user may change a study now: allowed to, and not locked out."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and not permissions.page_locked())


class AddingPolicy(BlanketPermissionPolicy):
    """Source files come with studies: who may add the one may add the other."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for any action the same."""
        return user_can_add_research(user)
