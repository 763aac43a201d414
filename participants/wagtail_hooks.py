"""People in the CMS: the desk with its menu item and permission."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from participants.desk import urls
from participants.permissions import manage_permission, user_can_manage_people


class PeopleItem(MenuItem):
    """The menu item, for who may see addresses."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who can use it."""
        return user_can_manage_people(request.user)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("participants/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the desk in the menu."""
    address = reverse("participants_admin:list")
    return PeopleItem(_("Participants"), address, name="participants", icon_name="group", order=130)


@hooks.register("register_permissions")
def register_permission() -> Any:
    """Let administrators give the right to see addresses to a group."""
    return manage_permission()
