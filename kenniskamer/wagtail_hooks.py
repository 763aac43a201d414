"""The library in the CMS: the desk for files, its menu item, and a chooser."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.log_actions import LogActionRegistry

from core.menu import DeskItem
from kenniskamer import admin_urls
from kenniskamer.exports.bulk import ExportReferences
from kenniskamer.forms import SourceFileForm
from kenniskamer.gaps_panel import warn_after_publishing
from kenniskamer.models import SourceFile
from kenniskamer.permissions import AddingPolicy, user_can_add_research
from kenniskamer.review import CHECKED
from kenniskamer.worklist import total_open


class SourceFileChooser(ChooserViewSet):
    """Choose a source file for a study, or add one."""

    model = SourceFile
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a source file")
    choose_another_text = _("Choose another source file")
    create_action_label = pgettext_lazy("button", "Add")
    create_action_clicked_label = _("Adding…")
    creation_tab_label = _("Add a PDF")
    creation_form_class = SourceFileForm
    permission_policy = AddingPolicy(SourceFile)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("kenniskamer/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the desk in the menu, under the pages."""
    return DeskItem(
        _("New research"),
        reverse("kenniskamer_admin:add"),
        to=user_can_add_research,
        name="add-research",
        icon_name="doc-full-inverse",
        order=110,
    )


@hooks.register("register_admin_menu_item")
def register_worklist() -> MenuItem:
    """Put the worklist below the page where files come in."""
    return DeskItem(
        _("Worklist"),
        reverse("kenniskamer_admin:worklist"),
        to=user_can_add_research,
        waiting=lambda _user: total_open(),
        name="worklist",
        icon_name="tasks",
        order=111,
    )


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Give what only studies know a name in the history."""
    actions.register_action(CHECKED, _("Check"), _("Read again: it still holds"))


hooks.register("after_publish_page", warn_after_publishing)


@hooks.register("register_admin_menu_item")
def register_references() -> MenuItem:
    """Put the import of references beside that of files."""
    return DeskItem(
        _("References"),
        reverse("kenniskamer_admin:references"),
        to=user_can_add_research,
        name="import-references",
        icon_name="download",
        order=112,
    )


hooks.register("register_bulk_action", ExportReferences)


@hooks.register("register_admin_viewset")
def register_chooser() -> SourceFileChooser:
    """Give every choice of a source file this chooser."""
    return SourceFileChooser("source_file_chooser")
