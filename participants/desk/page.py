"""What every page of the desk has in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from participants.permissions import user_can_manage_people

TITLE = _("Participants")


class DeskPage(WagtailAdminTemplateMixin):
    """A page of the desk, for who may see addresses; others get 403."""

    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may."""
        if not user_can_manage_people(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the list of people."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("participants_admin:list"), "label": TITLE},
            *self.above(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def above(self) -> list[dict[str, Any]]:
        """Return what stands between the list and this page."""
        return []
