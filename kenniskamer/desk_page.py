"""What the pages of the editors' desk in the CMS have in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from kenniskamer.permissions import user_can_add_research


class DeskPage(WagtailAdminTemplateMixin):
    """Stands before a view of Django, and sets `page_title`."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may add a study."""
        if not user_can_add_research(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the home of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
