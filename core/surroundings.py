"""What stands around a page: the home page, the pages above it, the main menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation

from wagtail.models import Page, Site

from core.querysets import restricted, visible

HOME_DEPTH = 2
STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The home page of one language, the way down from it, and its menu."""

    home: Page | None
    above: list[Page]
    menu: list[Page]


NOTHING = Surroundings(None, [], [])


def of_page(page: Page) -> Surroundings:
    """Return what stands around a page, in one query."""
    home_path = page.path[: HOME_DEPTH * STEP]
    above = [page.path[:end] for end in range(HOME_DEPTH * STEP, len(page.path), STEP)]
    in_menu = Q(path__startswith=home_path, depth=HOME_DEPTH + 1, live=True, show_in_menus=True)
    rows = list(
        Page.objects.filter(Q(path__in=[home_path, *above]) | in_menu)
        .annotate(is_restricted=restricted())
        .order_by("path")
    )
    menu = [
        row
        for row in rows
        if row.depth == HOME_DEPTH + 1 and row.live and row.show_in_menus and not row.is_restricted
    ]
    home = next((row for row in rows if row.path == home_path), None)
    return Surroundings(home, [row for row in rows if row.path in above], menu)


def of_request(request: HttpRequest) -> Surroundings:
    """Return the home page and menu in the language of the request; kept on it."""
    if not hasattr(request, "_hub_surroundings"):
        request._hub_surroundings = _for_language(request)  # type: ignore[attr-defined]
    return request._hub_surroundings  # type: ignore[attr-defined]


def remember(request: HttpRequest, surroundings: Surroundings) -> None:
    """Keep the surroundings a page already knows, for the tags in its template."""
    request._hub_surroundings = surroundings  # type: ignore[attr-defined]


def _for_language(request: HttpRequest) -> Surroundings:
    site = Site.find_for_request(request)
    if not site:
        return NOTHING
    key = Page.objects.filter(pk=site.root_page_id).values("translation_key")[:1]
    homes = Page.objects.filter(translation_key=key, live=True).select_related("locale")
    by_language = {home.locale.language_code: home for home in homes}
    home = by_language.get(translation.get_language() or "") or by_language.get(
        settings.LANGUAGE_CODE
    )
    if not home:
        return NOTHING
    menu = visible(Page.objects.child_of(home).filter(show_in_menus=True)).order_by("path")
    return Surroundings(home, [], list(menu))
