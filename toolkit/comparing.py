"""“I have version 1.0, what is different?”: any two releases of a toolkit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages import in_each_language
from core.models import BasePage
from toolkit.addresses import COMPARE, compare_url
from toolkit.difference import (
    CITATION,
    DESCRIPTION,
    INTRO,
    LINKS,
    PICTURE,
    TITLE,
    Difference,
    compare,
)
from toolkit.shelf import Shelf, Standing

FIELD_LABELS = {
    TITLE: gettext_lazy("Title"),
    INTRO: gettext_lazy("Introduction"),
    CITATION: gettext_lazy("Reference"),
    LINKS: gettext_lazy("Links"),
    PICTURE: gettext_lazy("Picture"),
    DESCRIPTION: gettext_lazy("Description of the picture"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The two releases to compare; `trouble` says which of the asked ones do not exist."""

    old: Standing | None
    new: Standing | None
    trouble: str = ""


def answer(toolkit: Any, request: HttpRequest) -> TemplateResponse:
    """Answer with the form, and with what differs."""
    context = BasePage.get_context(toolkit, request)
    shelf = Shelf(toolkit)
    choice = chosen(shelf, request.GET)
    old, new = choice.old, choice.new
    found = compare(old.release.content, new.release.content) if old and new else Difference()
    context |= {
        "shelf": shelf,
        "choice": choice,
        "found": found,
        "same": bool(old and new and old.number == new.number),
        "field_labels": FIELD_LABELS,
        "action": compare_url(toolkit.url or ""),
        "crumbs": [*context["crumbs"], toolkit],
        "below": {code: f"{word}/" for code, word in in_each_language(COMPARE).items()},
    }
    return TemplateResponse(request, "toolkit/compare.html", context)


def chosen(shelf: Shelf, query: QueryDict) -> Choice:
    """Read which two are asked for; else what the newest changed in the one before it."""
    newest = shelf.newest or (shelf.all[0] if shelf.all else None)
    asked = {name: query.get(name, "").strip() for name in ("from", "to")}
    old, new = (shelf.find(asked[name]) for name in ("from", "to"))
    unknown = [
        text[:20]
        for text, release in ((asked["from"], old), (asked["to"], new))
        if text and release is None
    ]
    new = new or newest
    old = old or (shelf.before(new) if new else None) or new
    trouble = ""
    if unknown:
        trouble = _("There is no version %(number)s here. You see two that do exist.") % {
            "number": _(" or ").join(unknown)
        }
    return Choice(old, new, trouble)
