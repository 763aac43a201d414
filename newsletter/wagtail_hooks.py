"""The newsletter in the CMS: its desk, its buttons, and what may not be deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from core.menu import DeskItem
from newsletter import approving, desk_log, desk_urls, trial
from newsletter.bounces import desk as bounces
from newsletter.models import EditionPage, NewsletterPage
from newsletter.permissions import user_can_compose
from newsletter.standing import is_open
from newsletter.waiting import WaitingPanel
from participants.permissions import user_can_manage_people


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [
        path("newsletter/", include(desk_urls)),
        path("returned-mail/", include("newsletter.bounces.desk")),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the editions in the menu."""
    return DeskItem(
        _("Newsletter"),
        reverse("newsletter_admin:desk"),
        to=user_can_compose,
        name="newsletter",
        icon_name="mail",
        order=116,
    )


@hooks.register("register_reports_menu_item")
def register_bounces_item() -> MenuItem:
    """Put what came back among the reports."""
    address = reverse(f"{bounces.NAMESPACE}:list")
    return DeskItem(
        bounces.TITLE,
        address,
        to=user_can_manage_people,
        name="bounces",
        icon_name="mail",
        order=900,
    )


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Tell an editor that an edition waits, where they begin."""
    panels.append(WaitingPanel())


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, **kwargs: Any) -> Iterator[Button]:
    """Lead from the newsletter to a new edition, and from an edition to its desk."""
    if isinstance(page, NewsletterPage) and page.permissions_for_user(user).can_add_subpage():
        url = reverse("newsletter_admin:new")
        yield Button(_("New edition"), url, icon_name="plus", priority=5)
    if isinstance(page, EditionPage) and page.pk:
        url = reverse("newsletter_admin:edition", args=[page.edition_id])
        yield Button(_("Check and send"), url, icon_name="mail", priority=5)


@hooks.register("before_create_page")
def begin_prefilled(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Begin an edition with what is new, in every language, instead of an empty form."""
    return redirect("newsletter_admin:new") if page_class is EditionPage else None


@hooks.register("before_delete_page")
def keep_what_is_approved(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete pages above or at an edition that is approved or went out."""
    below = EditionPage.objects.filter(path__startswith=page.path).select_related("edition")
    if all(is_open(one.edition) for one in below):
        return None
    text = gettext("An edition that is approved or went out is not deleted: mails lead to it.")
    messages.error(request, text)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Give what only editions know a name in the history."""
    rows = (
        (trial.TESTED, _("Test mail"), _("Test mail sent")),
        (desk_log.EXPORTED, _("Export"), _("List of who got it taken away")),
        (approving.APPROVED, _("Approve"), _("Approved to be sent")),
        (approving.TAKEN_BACK, _("Take back"), _("Approval taken back")),
    )
    for name, label, message in rows:
        actions.register_action(name, label, message)
