"""The links of a mail, and whether those to our own site lead anywhere. No network.

What other sites say is asked by `newsletter.outside`, in the worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail.models import Page, Site
from wagtail.views import serve as serve_page

from bs4 import BeautifulSoup

from core.models import HubDocument
from core.querysets import visible
from newsletter.models import OutsideLink
from newsletter.wire import PLACEHOLDERS


class LinkState(StrEnum):
    """What is known of a link."""

    ALIVE = "alive"
    BROKEN = "broken"
    ELSEWHERE = "elsewhere"
    INSECURE = "insecure"


OUTSIDE = (LinkState.ELSEWHERE, LinkState.INSECURE)
"""These are on other sites."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link with the words it stands under."""

    url: str
    words: str
    state: LinkState
    found: OutsideLink | None = None
    """What another site said, where it was asked."""

    @property
    def label(self) -> str:
        """What is known of it, in words."""
        if self.found is not None:
            return self.found.label
        return {
            LinkState.ALIVE: _("Fine"),
            LinkState.BROKEN: _("Leads nowhere"),
            LinkState.ELSEWHERE: _("On another site, not checked"),
            LinkState.INSECURE: _("On another site without encryption, not checked"),
        }[self.state]


def links_of(html: str) -> Iterator[Link]:
    """Yield each address of a mail once, personal ones left out."""
    seen: set[str] = set()
    for tag in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        url = str(tag["href"])
        if url in seen or url in PLACEHOLDERS:
            continue
        seen.add(url)
        image = tag.find("img", alt=True)
        words = tag.get_text(" ", strip=True) or (str(image["alt"]) if image else "")
        yield Link(url, words, state_of(url))


def state_of(url: str) -> LinkState:
    """Say what is known of an address. Addresses of other sites are not looked up."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return LinkState.BROKEN
    if parts.scheme in ("mailto", "tel"):
        return LinkState.ALIVE if parts.path else LinkState.BROKEN
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return LinkState.BROKEN
    ours = urlsplit(settings.BASE_URL)
    if (parts.hostname, parts.port) == (ours.hostname, ours.port):
        return LinkState.ALIVE if leads_somewhere(unquote(parts.path)) else LinkState.BROKEN
    return LinkState.INSECURE if parts.scheme == "http" else LinkState.ELSEWHERE


def leads_somewhere(path: str) -> bool:
    """Say whether an address on this site gives something to a visitor."""
    language = path.strip("/").partition("/")[0]
    with translation.override(language if language in dict(settings.LANGUAGES) else None):
        try:
            found = resolve(path or "/")
        except Resolver404:
            return path in ("", "/")
    if found.func is serve_page:
        return _is_page(found.args[0] if found.args else "", language)
    if found.url_name == "wagtaildocs_serve":
        return HubDocument.objects.filter(pk=found.kwargs.get("document_id")).exists()
    if found.url_name == "media":
        return bool(default_storage.exists(found.kwargs["path"]))
    return True


def _is_page(path: str, language: str) -> bool:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, live=True)
    home = homes.filter(locale__language_code=language).first()
    if home is None:
        return False
    request = HttpRequest()
    request.method = "GET"
    request.META |= {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    try:
        page = home.specific.route(request, [part for part in path.split("/") if part]).page
    except Http404:
        return False
    return bool(visible(Page.objects.filter(pk=page.pk)).exists())
