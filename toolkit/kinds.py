"""What each kind of part becomes when it is frozen: its facts, texts and links. A table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part: how it is called, and which of its fields readers see, in order.

    Each field is a name and its label; an empty label means that the text needs none.
    """

    label: Any
    plural: Any
    facts: tuple[tuple[str, Any], ...] = ()
    texts: tuple[tuple[str, Any], ...] = ()
    links: tuple[tuple[str, Any], ...] = ()


KINDS: Mapping[str, Kind] = {
    "model": Kind(
        _("Model"),
        _("Models"),
        facts=(("source", _("Source")),),
        texts=(("body", _("What it is")), ("when", _("When to use it"))),
    ),
    "study": Kind(
        _("Study"),
        _("Studies"),
        texts=(("note", _("Why it is here")),),
    ),
    "report": Kind(
        _("Report"),
        _("Reports"),
        facts=(("organisation", _("Organisation")), ("year", _("Year"))),
        texts=(("body", _("What it says")),),
        links=(("url", _("Read the report")), ("document", _("Read the report"))),
    ),
    "film": Kind(
        _("Film"),
        _("Films"),
        facts=(("duration", _("Length")),),
        texts=(("body", _("What it is about")), ("transcript", _("Transcript or description"))),
        links=(("url", _("Watch the film")),),
    ),
    "person": Kind(
        _("Thinker or doer"),
        _("Thinkers and doers"),
        facts=(("role", _("Role")),),
        texts=(("body", ""),),
        links=(("url", _("Read more about this person")),),
    ),
    "exercise": Kind(
        _("Exercise"),
        _("Exercises"),
        facts=(("time", _("Time")), ("group", _("Group"))),
        texts=(("goal", _("Goal")), ("materials", _("Materials")), ("steps", _("Steps"))),
    ),
    "text": Kind(_("Text"), _("Texts"), texts=(("body", ""),)),
}
