"""Who may do what with releases. Plain predicates."""

from __future__ import annotations

from typing import Any

from toolkit.models import ReleasePage, ToolkitPage


def user_can_compose(user: Any, page: ReleasePage) -> bool:
    """Say whether this user may work on a release, and offer it."""
    return bool(page.permissions_for_user(user).can_edit())


def user_can_release(user: Any, page: ReleasePage) -> bool:
    """Say whether this user may approve, stop and withdraw: who may publish below the toolkit."""
    return bool(page.get_parent().permissions_for_user(user).can_publish_subpage())


def user_can_begin(user: Any, toolkit: ToolkitPage) -> bool:
    """Say whether this user may begin a new release."""
    return bool(toolkit.permissions_for_user(user).can_add_subpage())


def user_can_begin_somewhere(user: Any) -> bool:
    """Say whether there is a toolkit to which this user may add a release."""
    return any(user_can_begin(user, toolkit) for toolkit in ToolkitPage.objects.all())
