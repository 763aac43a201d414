"""What a sample is: one state of one component."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

FOLDER = "components/"

Row = tuple[str, str, Mapping[str, Any]]
"""Template, state, context."""
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One state of one component. `template` is its path under `components/`."""

    template: str
    state: str
    context: Mapping[str, Any]

    @property
    def is_row(self) -> bool:
        """Say whether the component only stands in a list."""
        return self.template.endswith(("_row.html", "_hit.html"))

    @property
    def html(self) -> SafeString:
        """The component as a page would show it."""
        return render_to_string(FOLDER + self.template, dict(self.context))
