"""The toolkit in the CMS: its desk, its buttons, and what may not be deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from core.menu import DeskItem
from toolkit import admin_urls, releasing
from toolkit.copying import last_release
from toolkit.models import Release, ReleasePage, ToolkitPage
from toolkit.permissions import user_can_begin, user_can_begin_somewhere
from toolkit.translating import translation_of
from toolkit.waiting import WaitingPanel, count_asked


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("toolkit/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the releases in the menu."""
    return DeskItem(
        _("Releases"),
        reverse("toolkit_admin:desk"),
        to=user_can_begin_somewhere,
        waiting=count_asked,
        name="toolkit-releases",
        icon_name="folder-open-inverse",
        order=115,
    )


@hooks.register("register_reports_menu_item")
def register_downloads() -> MenuItem:
    """Put the downloads under the reports."""
    return DeskItem(
        _("Downloads of the toolkit"),
        reverse("toolkit_admin:downloads"),
        to=user_can_begin_somewhere,
        name="toolkit-downloads",
        icon_name="download",
        order=1000,
    )


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Tell a second pair of eyes that a release waits, where they begin."""
    panels.append(WaitingPanel())


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, **kwargs: Any) -> Iterator[Button]:
    """Lead from a toolkit to a new release, and from a release to its desk."""
    if isinstance(page, ToolkitPage) and user_can_begin(user, page):
        url = reverse("toolkit_admin:new", args=[page.pk])
        yield Button(_("New release"), url, icon_name="plus", priority=5)
    if isinstance(page, ReleasePage) and page.pk:
        url = reverse("toolkit_admin:standing", args=[page.pk])
        yield Button(_("Release"), url, icon_name="upload", priority=5)
        url = reverse("toolkit_admin:preview", args=[page.pk])
        yield Button(_("Preview as PDF"), url, icon_name="view", priority=6)


@hooks.register("construct_page_action_menu")
def leave_out_publishing(
    items: list[Any], request: HttpRequest, context: Mapping[str, Any]
) -> None:
    """Show no button that publishes a release at once."""
    page, parent = context.get("page"), context.get("parent_page")
    is_new = page is None and isinstance(getattr(parent, "specific", None), ToolkitPage)
    if is_new or isinstance(page, ReleasePage):
        items[:] = [item for item in items if item.name not in ("action-publish", "action-submit")]


@hooks.register("before_create_page")
def begin_as_copy(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Offer a copy of the last release instead of an empty form."""
    if page_class is not ReleasePage or request.method != "GET" or "empty" in request.GET:
        return None
    toolkit = parent.specific
    if not isinstance(toolkit, ToolkitPage) or last_release(toolkit) is None:
        return None
    return redirect("toolkit_admin:new", toolkit.pk)


@hooks.register("before_edit_page", order=-1)
def lead_on_from_translating(request: HttpRequest, page: Page) -> None:
    """Say in the form of a translation where it is offered: that form has no panel for it."""
    release = page.specific_deferred
    if request.method == "GET" and isinstance(release, ReleasePage) and translation_of(release):
        url = reverse("toolkit_admin:standing", args=[page.pk])
        text = gettext("When the texts are translated, offer the release.")
        messages.info(request, text, buttons=[messages.button(url, gettext("Go to releasing"))])


@hooks.register("before_delete_page")
def keep_what_is_out(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete pages above or at a release that is out."""
    if Release.objects.filter(page__path__startswith=page.path).public_or_building().exists():
        text = gettext("A release that is out is never deleted. Withdraw it instead.")
        messages.error(request, text)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if request.method == "POST":
        Release.objects.forget_drafts(page)
    return None


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Give what only releases know a name in the history."""
    rows = (
        (releasing.OFFERED, _("Offer"), _("Offered for release")),
        (releasing.TAKEN_BACK, _("Take back"), _("Taken back to edit it")),
        (releasing.APPROVED, _("Release"), _("Looked at by a second pair of eyes, and released")),
        (releasing.NOTICE, _("Notice"), _("Notice given to readers")),
    )
    for name, label, message in rows:
        actions.register_action(name, label, message)
