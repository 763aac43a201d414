"""A panel in the form of a study: what others would miss, each with its remedy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import Page

from core.panels import SavedPanel
from kenniskamer.gaps import Gap, gaps_of

NAME = "what-others-miss"


class GapsPanel(SavedPanel):
    """Shows the gaps of the draft as it was last saved."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel for one study."""

        template_name = "kenniskamer/admin/gaps_panel.html"

        def told(self) -> dict[str, Any]:
            """Name the gaps."""
            gaps: list[Gap] = gaps_of(self.instance)
            return {"gaps": gaps, "name": NAME}


def warn_after_publishing(request: HttpRequest, page: Page) -> None:
    """Tell who published a study what others will miss; the study is public all the same."""
    gaps = gaps_of(page) if hasattr(page, "evidence_strength") else []
    if not gaps:
        return
    text = ngettext(
        "“%(title)s” is public, but others will miss %(count)d thing of it.",
        "“%(title)s” is public, but others will miss %(count)d things of it.",
        len(gaps),
    ) % {"title": page.title, "count": len(gaps)}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    link = format_html('<a href="{}#{}">{}</a>', url, NAME, _("See which, and mend them"))
    messages.warning(request, format_html("{} {}", text, link))
