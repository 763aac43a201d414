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
    """The home page of one language, the way down from it, and what stands under it.

    `menu` holds the pages an editor put in the menu; `others` the rest of the pages
    directly under the home page, which the footer shows. `translations` are the pages a
    visitor may see that say the same in another language.
    """

    home: Page | None
    above: list[Page]
    menu: list[Page]
    others: list[Page]
    translations: list[Page]


NOTHING = Surroundings(None, [], [], [], [])


def of_page(page: Page) -> Surroundings:
    """Return what stands around a page, in one query."""
    home_path = page.path[: HOME_DEPTH * STEP]
    above = [page.path[:end] for end in range(HOME_DEPTH * STEP, len(page.path), STEP)]
    below_home = Q(path__startswith=home_path, depth=HOME_DEPTH + 1, live=True)
    same_work = Q(translation_key=page.translation_key, live=True)
    rows = list(
        Page.objects.filter(Q(path__in=[home_path, *above]) | below_home | same_work)
        .annotate(is_restricted=restricted())
        .order_by("path")
    )
    shown = [row for row in rows if row.live and not row.is_restricted]
    return _sorted_out(
        home=next((row for row in rows if row.path == home_path), None),
        above=[row for row in rows if row.path in above],
        children=[
            row for row in shown if row.depth == HOME_DEPTH + 1 and row.path.startswith(home_path)
        ],
        translations=[
            row
            for row in shown
            if row.translation_key == page.translation_key and row.pk != page.pk
        ],
    )


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
    children = list(visible(Page.objects.child_of(home)).order_by("path"))
    return _sorted_out(home=home, above=[], children=children, translations=[])


def _sorted_out(
    *, home: Page | None, above: list[Page], children: list[Page], translations: list[Page]
) -> Surroundings:
    menu = [page for page in children if page.show_in_menus]
    others = [page for page in children if not page.show_in_menus]
    return Surroundings(home, above, menu, others, translations)
