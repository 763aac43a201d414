"""What listeners see of a series, and the addresses under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404

from wagtail.url_routing import RouteResult

from core.listing import paginate
from podcasts import described, feeds, subscribing
from podcasts.addresses import FEED
from podcasts.shown import by_season, first_to_hear, rows_of

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object

PER_PAGE = 30
QR = "qr.svg"
ARTWORK = "fill-640x640|format-webp"

PLACES: dict[str, Callable[[Any, HttpRequest], HttpResponseBase]] = {
    FEED: feeds.answer,
    QR: subscribing.qr_answer,
}
"""What has an address of its own under a series."""


class PublicPodcast(_Base):
    """A series: how to subscribe, what it is, and its episodes by season."""

    def get_route_paths(self) -> list[str]:
        """Return what leads on when the address of the series changes: its feed above all."""
        return [*super().get_route_paths(), *(f"/{name}" for name in PLACES)]

    def resolve_subpage(self, path: str) -> None:
        """Accept the addresses that redirects may lead to. Raises Resolver404 for others."""
        if path.strip("/") not in PLACES:
            raise Resolver404(path)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of the feed and the QR code."""
        place = "/".join(path_components)
        if self.live and place in PLACES:
            return RouteResult(self, kwargs={"place": place})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, place: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the series, or with what stands under it."""
        if place:
            return PLACES[place](self, request)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the episodes, and the ways to subscribe."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        podcast: Any = self
        shown = paginate(
            podcast.episodes().for_cards().in_order(podcast.series_type), request.GET, PER_PAGE
        )
        feed = f"{settings.BASE_URL}{self.url}{FEED}"
        rows = rows_of(list(shown))
        context |= {
            "episodes": shown,
            "seasons": by_season(rows),
            "latest": first_to_hear(rows) if shown.number == 1 else None,
            "trailer": podcast.trailers().first(),
            "artwork": podcast.artwork.get_rendition(ARTWORK) if podcast.artwork else None,
            "feed": feed,
            "apps": list(podcast.apps.all()),
            "openers": subscribing.openers(feed),
            "qr": f"{self.url}{QR}",
            "feeds": feeds.links_of(podcast),
            "jsonld": described.series_jsonld(podcast, feed),
        }
        return context
