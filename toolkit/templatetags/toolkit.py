"""What the templates of the toolkit need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def named(labels: Mapping[str, Any], name: str) -> str:
    """Return the label of a field by its name."""
    return str(labels.get(name, name))
