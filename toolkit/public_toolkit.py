"""What readers see of a toolkit, and the addresses under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core import surroundings
from core.feeds import FORMS
from toolkit import comparing, feeds
from toolkit.addresses import COMPARE, LATEST, compare_url, latest_url, release_url
from toolkit.models.release import Release
from toolkit.parts_shown import chapters_shown
from toolkit.shelf import Shelf, Standing
from toolkit.versions import Version

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object

Place = Callable[[Any, HttpRequest], HttpResponseBase]


def places() -> dict[str, Place]:
    """Return what has an address of its own under a toolkit, in the active language."""
    found: dict[str, Place] = {f"feed/{form}": partial(feeds.answer, form=form) for form in FORMS}
    return {gettext(COMPARE): comparing.answer, **found}


class PublicToolkit(_Base):
    """A toolkit with its newest release, the earlier ones, and addresses that stay."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of the newest release, of the comparison and of the feeds."""
        match path_components:
            case [word, *rest] if self.live and word == gettext(LATEST):
                return RouteResult(self, kwargs={"latest": "/".join(rest)})
            case [number, *rest] if self.live and "." in number:
                return self._release(number).route(request, rest)
        place = "/".join(path_components)
        if self.live and place in places():
            return RouteResult(self, kwargs={"place": place})
        return super().route(request, path_components)

    def _release(self, number: str) -> Any:
        """Return the page of a release. Raises Http404 when there is none."""
        pages = Page.objects.filter(url_path=f"{self.url_path}{number}/")
        page = pages.child_of(self).specific().first()
        if page is None:
            raise Http404("There is no such release.")
        return page

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        place: str = "",
        latest: str | None = None,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Answer with the toolkit, or with what stands under it."""
        if latest is not None:
            return self._to_newest(latest)
        if place:
            return places()[place](self, request)
        return super().serve(request, *args, **kwargs)

    def _to_newest(self, rest: str) -> HttpResponseBase:
        """Lead on to the newest release, or to the same thing in it. Never to be kept."""
        newest = self.releases().usable().select_related("page").defer("content").first()
        if newest is None and rest:
            raise Http404("There is no release yet.")
        address = release_url(self.url or "", newest.page.version) if newest else self.url or ""
        if rest:
            ending = "" if "." in rest.rpartition("/")[2] else "/"
            address = f"{address}{rest}{ending}"
        response = HttpResponseRedirect(address)
        response.headers["Cache-Control"] = "no-cache"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the releases and what the newest holds."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        shelf = Shelf(self)
        newest = shelf.newest
        content = newest.release.content if newest else {}
        before = shelf.before(newest) if newest else None
        url = self.url or ""
        context |= {
            "shelf": shelf,
            "newest": newest,
            "content": content,
            "chapters": chapters_shown(content, newest.url if newest else ""),
            "earlier": shelf.earlier,
            "compare": compare_url(url, before.number, newest.number) if before and newest else "",
            "latest": latest_url(url),
            "elsewhere": newer_elsewhere(request, newest),
            "feeds": feeds.links_of(url),
        }
        return context


def newer_elsewhere(request: HttpRequest, here: Standing | None) -> Release | None:
    """Return the newest release in another language, where this language has none so new."""
    others = surroundings.of_request(request).translations
    if not others:
        return None
    found = Release.objects.none()
    for page in others:
        found = found | Release.objects.child_of(page)
    newest = found.usable().select_related("page__locale").defer("content").newest_first().first()
    if newest is None or (
        here and Version.parse(here.number) >= Version.parse(newest.page.version)
    ):
        return None
    return newest
