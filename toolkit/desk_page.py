"""The frame around the pages of the desk: title, icon, and the way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(title: str, icon: str) -> dict[str, Any]:
    """Return what the head of the CMS needs for a page of the desk."""
    desk = reverse("toolkit_admin:desk")
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": desk, "label": _("Releases")},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": crumbs,
    }


def desk_frame() -> dict[str, Any]:
    """Return the same for the desk itself."""
    found = frame(_("Releases"), "folder-open-inverse")
    return found | {"breadcrumbs_items": found["breadcrumbs_items"][:2]}
