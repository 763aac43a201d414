"""Tags of the newsletter's templates."""

from __future__ import annotations

from django import template

from newsletter.parts import Item
from newsletter.words import facts_of

register = template.Library()


@register.simple_tag
def item_facts(item: Item) -> list[str]:
    """Return the line of facts under the title of a piece of news."""
    return facts_of(item)
