"""People in the CMS: the desk with its menu item and permission."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.menu import DeskItem
from participants.desk import urls
from participants.permissions import manage_permission, user_can_manage_people


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("participants/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the desk in the menu."""
    address = reverse("participants_admin:list")
    return DeskItem(
        _("Participants"),
        address,
        to=user_can_manage_people,
        name="participants",
        icon_name="group",
        order=130,
    )


@hooks.register("register_permissions")
def register_permission() -> Any:
    """Let administrators give the right to see addresses to a group."""
    return manage_permission()
