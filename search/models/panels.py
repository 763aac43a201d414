"""A panel in the form of a synonym set or a promotion: what would this change?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import Panel


class TryPanel(Panel):
    """Shows the first ten results before and after, with the form as it is filled in now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What would this change?"), **kwargs})

    @cached_property
    def clean_name(self) -> str:
        """A name for the address of the panel."""
        return "try"

    class BoundPanel(Panel.BoundPanel):
        """The panel for one set or promotion."""

        template_name = "search/admin/try_panel.html"

        class Media:
            js = ["js/admin-try.js"]
            css = {"all": ["css/admin-search.css"]}

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            """Name the address that compares."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            model = self.instance._meta.model_name
            address = reverse(f"search_desk:try_{model}")
            if self.instance.pk:
                address = reverse(f"search_desk:try_{model}", args=[self.instance.pk])
            return {**context, "address": address}
