"""Search in the CMS: the desk with its menu item and permission, synonyms, promoted pages."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from core.menu import DeskItem
from search.desk import urls
from search.desk.views import TITLE, user_can_see_questions
from search.desk.viewsets import PromotionViewSet, SynonymSetViewSet

register_snippet(SynonymSetViewSet)
register_snippet(PromotionViewSet)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("search-questions/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the desk in the menu, under the pages."""
    address = reverse("search_desk:questions")
    return DeskItem(
        TITLE,
        address,
        to=user_can_see_questions,
        name="questions",
        icon_name="search",
        order=120,
    )


@hooks.register("register_permissions")
def register_permission() -> QuerySet[Permission]:
    """Let administrators give the right to see questions to a group."""
    return Permission.objects.filter(
        content_type__app_label="search", codename="see_asked_questions"
    )
