"""What every template needs to know about the page and the site around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation

from wagtail.models import Page

from core import surroundings
from core.languages import language_of
from core.models import BasePage

register = template.Library()

# Longer addresses are not repeated in links to the other language.
LONGEST_LINK = 2000


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the main menu."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language, or its best equivalent."""

    code: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShareImage:
    """The picture shown when a page is shared, with its absolute address."""

    url: str
    width: int
    height: int


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[MenuItem]:
    """Return the pages under the home page that an editor put in the menu."""
    request = context.get("request")
    return _items(request, surroundings.of_request(request).menu) if request else []


@register.simple_tag(takes_context=True)
def footer_menu(context: dict[str, Any]) -> list[MenuItem]:
    """Return the other pages under the home page: privacy, colophon and the like."""
    request = context.get("request")
    return _items(request, surroundings.of_request(request).others) if request else []


def _items(request: HttpRequest, pages: list[Page]) -> list[MenuItem]:
    return [
        MenuItem(page.title, url, request.path.startswith(url))
        for page in pages
        if (url := page.get_url(request))
    ]


@register.simple_tag(takes_context=True)
def home_url(context: dict[str, Any]) -> str:
    """Return the address of the home page in the reader's language."""
    return f"/{translation.get_language()}/"


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[LanguageLink]:
    """Return one link per language: the same page, or the best equivalent of it."""
    request = context.get("request")
    current = translation.get_language()
    if not request:
        return []
    addresses = _addresses(context, request)
    return [
        LanguageLink(
            code,
            label,
            addresses.get(code) or f"/{code}/",
            code == current,
        )
        for code, label in settings.LANGUAGES
    ]


def _addresses(context: dict[str, Any], request: HttpRequest) -> dict[str, str]:
    """Return the address of this page in each language that has it; kept on the request."""
    page = context.get("page")
    if not hasattr(request, "_hub_addresses"):
        if isinstance(page, BasePage) and page.pk:
            below = context.get("below", {})
            request._hub_addresses = {  # type: ignore[attr-defined]
                code: url + below.get(code, "")
                for code, url in _page_addresses(page, request).items()
            }
        else:
            request._hub_addresses = _view_addresses(request)  # type: ignore[attr-defined]
    return request._hub_addresses  # type: ignore[attr-defined]


def _page_addresses(page: BasePage, request: HttpRequest) -> dict[str, str]:
    found = {page.language: page.get_url(request) or ""}
    for other in surroundings.of_request(request).translations:
        found[language_of(other.locale_id)] = other.get_url(request) or ""
    return {code: url for code, url in found.items() if url}


def _view_addresses(request: HttpRequest) -> dict[str, str]:
    if getattr(request, "resolver_match", None) is None:
        return {}
    path = request.get_full_path()
    if len(path) > LONGEST_LINK:
        path = request.path
    return {code: translate_url(path, code) for code, _label in settings.LANGUAGES}


@register.simple_tag(takes_context=True)
def seo(context: dict[str, Any]) -> dict[str, Any]:
    """Return what the head of a page says: canonical, alternates, Open Graph."""
    request = context.get("request")
    if not request:
        return {}
    found = context.get("page")
    page: BasePage | None = found if isinstance(found, BasePage) else None
    base = settings.BASE_URL
    addresses = _addresses(context, request)
    language = page.language if page else translation.get_language()
    here = addresses.get(language or "", request.path)
    default = addresses.get(settings.LANGUAGE_CODE)
    alternates = [(code, base + url) for code, url in addresses.items()]
    if default and len(alternates) > 1:
        alternates.append(("x-default", base + default))
    return {
        "title": (page.seo_title or page.title) if page else "",
        "description": page.description if page else "",
        "base": base,
        "canonical": base + here,
        "alternates": alternates if len(addresses) > 1 else [],
        "og_type": "article" if page and page.depth > 3 else "website",
        "og_image": _share_image(page) if page else None,
        "locale": {"nl": "nl_NL", "en": "en_GB"}.get(translation.get_language() or "", "nl_NL"),
    }


def _share_image(page: BasePage) -> ShareImage | None:
    if not page.share_image_id or not page.share_image:
        return None
    rendition = page.share_image.get_rendition("fill-1200x630|format-jpeg")
    return ShareImage(settings.BASE_URL + rendition.url, rendition.width, rendition.height)


@register.filter
def megabytes(size: int | None) -> str:
    """Show a number of bytes as people read it: 640 kB, 2.4 MB (1 kB = 1000 bytes)."""
    if not size:
        return ""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} kB"
    number = f"{size / 1_000_000:.1f}"
    return f"{number.replace('.', ',') if translation.get_language() == 'nl' else number} MB"
