"""What readers see: the newsletter with its archive and feeds, and each edition that was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from wagtail.url_routing import RouteResult

from core.contracts import SearchPassage
from core.feeds import FORMS
from core.models import SiteSettings
from core.plain_text import until
from newsletter import feeds, jsonld, markup
from newsletter.framing import example_frame
from newsletter.parts import Heading, Item, Words
from newsletter.rendering import as_html, as_text, rows

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object

MAIL_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
"""A mail carries its styles in itself; in a preview it may, and may nothing else."""


def mail_response(request: HttpRequest, html: str, *, narrow: bool) -> HttpResponse:
    """Answer with a mail for an editor to look at, as wide as the window or as a phone."""
    response = (
        render(request, "newsletter/narrow.html", {"html": html}) if narrow else HttpResponse(html)
    )
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


class PublicNewsletter(_Base):
    """The newsletter for readers, with feeds under it."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of the feeds."""
        match path_components:
            case ["feed", form] if self.live and form in FORMS:
                return RouteResult(self, kwargs={"form": form})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, form: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the page, or with a feed of it."""
        if form:
            return feeds.answer(self, request, form)
        return super().serve(request, *args, **kwargs)

    def public_context(self) -> dict[str, Any]:
        """Name the feeds."""
        return {"feeds": feeds.links_of(self.url or "")}


class PublicEdition(_Base):
    """An edition for readers, and as editors look at it before."""

    def search_passages(self) -> list[SearchPassage]:
        """Return nothing: search leads to the things themselves, and by this to their edition."""
        return []

    def search_body(self) -> str:
        """Return the titles of the news and what editors wrote around it."""
        words = [markup.as_text(part.html) for part in self._parts(Words)]
        titles = [part.title for part in self._parts(Item)]
        return "\n\n".join([*words, *titles, *(part.text for part in self._parts(Heading))])

    def _parts(self, kind: type[Any]) -> list[Any]:
        return [part for part in self.content.parts if isinstance(part, kind)]

    @property
    def card_lead(self) -> str:
        """The preview text: it says what is in it."""
        return until(self.content.preview or self.lead, 220)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the edition, once it went out."""
        if not self.live:
            raise Http404("This edition was not sent.")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name what is in it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        crumbs = context["crumbs"]
        context |= {
            "content": self.content,
            "rows": list(rows(self.content)),
            "sent_at": self.edition.started_at,
            "newsletter": crumbs[-1] if crumbs else None,
            "jsonld": jsonld.as_script(self, SiteSettings.for_request(request).organisation),
        }
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Show the edition as web page, as mail in two widths, or as plain text."""
        if not mode_name:
            return super().serve_preview(request, mode_name)
        with translation.override(self.language):
            frame = example_frame(self.language)
            if mode_name == "text":
                text = as_text(self.content, frame)
                return HttpResponse(text, content_type="text/plain; charset=utf-8")
            html = as_html(self.content, frame)
        return mail_response(request, html, narrow=mode_name == "narrow")

    @property
    def absolute_url(self) -> str:
        """The address with scheme and host."""
        return f"{settings.BASE_URL}{self.url or ''}"
