"""Items in the menu of the CMS: shown to who can use them, with what waits counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

Label = Any
"""A text, translated when it is shown."""


class DeskItem(MenuItem):
    """The way to a desk. `to` says who sees it; `waiting` counts what waits there for a user."""

    def __init__(
        self,
        label: Label,
        url: str,
        *,
        to: Callable[[Any], bool],
        waiting: Callable[[Any], int] | None = None,
        **where: Any,
    ) -> None:
        super().__init__(label, url, **where)
        self._to, self._waiting = to, waiting

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who can use it."""
        return self._to(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Count at each page, so that the number is that of now."""
        item: LinkMenuItem = super().render_component(request)
        if waiting := self._waiting(request.user) if self._waiting else 0:
            item.label = f"{self.label} ({waiting})"
        return item
