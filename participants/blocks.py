"""What editors can put between their text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from participants.forms import JoinForm


class JoinBlock(blocks.StructBlock):
    """The form to sign up with."""

    title = blocks.CharBlock(label=_("title"), required=False)
    text = blocks.TextBlock(label=_("text"), required=False)

    class Meta:
        icon = "mail"
        label = _("Sign-up form")
        template = "components/streamfield/join.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add an empty form that knows on which page it stands."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        page = request.path if request else ""
        # Fields need ids of their own: a page may hold several forms, and one at its foot.
        context["form"] = JoinForm(page=page, auto_id=f"join-{id(value)}-%s")
        return context
