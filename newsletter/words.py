"""The words around the news: facts under a title, why somebody gets this, names of groups."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _

from newsletter.parts import Item


def facts_of(item: Item) -> list[str]:
    """Return what stands under the title: kind, day, facts, language if it is another one."""
    facts = [item.label]
    if item.date:
        facts.append(str(formats.date_format(item.date, "j F Y")))
    facts += item.facts
    if item.language_label:
        facts.append(_("in %(language)s") % {"language": item.language_label})
    return [fact for fact in facts if fact]
