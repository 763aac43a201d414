"""Who may see people's names and addresses. Plain predicates."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

from wagtail.permission_policies import BlanketPermissionPolicy

GROUP = "Deelnemersbeheer"
MANAGE = "participants.change_participant"


def user_can_manage_people(user: Any) -> bool:
    """Say whether this user may see and change what we hold about people."""
    return bool(user.is_active and user.has_perm(MANAGE))


class ManagingPolicy(BlanketPermissionPolicy):
    """One right for everything about people: half of it protects nobody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for any action the same."""
        return user_can_manage_people(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Answer for any actions the same."""
        return user_can_manage_people(user)


def manage_permission() -> Any:
    """Return the one right, as a query."""
    app, codename = MANAGE.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)


def make_group(**kwargs: Any) -> None:
    """Make the group once its right is there; what an administrator changes later stays."""
    entering = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    managing = manage_permission()
    # Letters hold names, addresses and links to own pages.
    reading = Permission.objects.filter(content_type__app_label="core", codename="view_letter")
    if not (
        entering.exists() and managing.exists() and reading.exists()
    ):  # `migrate` makes them one app at a time
        return
    group, is_new = Group.objects.get_or_create(name=GROUP)
    if is_new:
        group.permissions.add(*entering, *managing, *reading)
