"""Reading the page of an edition: from what an editor composed to what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation

from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from core.contracts import CardImage
from core.querysets import visible
from newsletter import markup, pictures
from newsletter.blocks import News
from newsletter.parts import (
    Button,
    Content,
    Heading,
    Item,
    Part,
    Picture,
    Words,
    without_lone_headings,
)

if TYPE_CHECKING:
    from newsletter.models import EditionPage

COLUMN = 552
"""The width of text and pictures in the column of 600 px, in CSS pixels."""
PICTURE_FILTER = "max-1104x1104|format-jpeg|jpegquality-80"
"""Twice the column, for sharp screens; JPEG, which every mail program shows."""


def content_of(page: EditionPage) -> Content:
    """Return an edition as it is now, in its own language.

    News about pages that a visitor cannot open is left out, and so are headings that
    have nothing left under them.
    """
    with translation.override(page.language):
        return Content(
            title=page.title,
            subject=page.subject,
            preview=page.preview_text,
            language=page.language,
            url=absolute(page.url or "") if page.pk else "",
            parts=without_lone_headings(parts_of(page)),
        )


def parts_of(page: EditionPage) -> Iterator[Part]:
    """Yield the parts in order. Two queries for the pages, and those of their cards."""
    pages = open_pages(page)
    for block in page.body:
        part = _part(block, pages, page.language)
        if part is not None:
            yield part


def open_pages(page: EditionPage) -> dict[int, Any]:
    """Return the pages of an edition's news that a visitor can open, by number."""
    found = visible(Page.objects.filter(pk__in=page_ids(page))).specific()
    return {one.pk: one for one in found}


def page_ids(page: EditionPage) -> list[int]:
    """Return the numbers of the pages an edition tells about, in order."""
    raw = page.body.raw_data
    ids = [row["value"].get("page") for row in raw if row["type"] == "item"]
    return [int(pk) for pk in ids if pk]


def absolute(url: str) -> str:
    """Return an address with scheme and host."""
    return urljoin(f"{settings.BASE_URL}/", url)


def item(page: Any, language: str, value: Any) -> Item:
    """Return a piece of news out of the card of a page and what an editor changed."""
    card = page.card
    return Item(
        kind=card.kind,
        label=card.kind_label,
        title=card.title,
        url=absolute(card.url),
        lead=value.get("lead") or card.lead,
        note=value.get("note") or "",
        date=card.date,
        facts=card.facts,
        image=_thumb(card.image) if value.get("picture") else None,
        language=card.language,
        language_label=language_name(card.language) if card.language != language else "",
        themes=tuple(theme.slug for theme in page.themes),
        work=str(page.translation_key),
        news=value.get("news") or News.NEW,
    )


def language_name(code: str) -> str:
    """Return the name of a language in the active one, as it stands in a sentence."""
    name = translation.gettext(translation.get_language_info(code)["name"])
    return name if translation.get_language() == "en" else name.capitalize()


def _part(block: Any, pages: dict[int, Any], language: str) -> Part | None:
    value = block.value
    match block.block_type:
        case "heading":
            return Heading(str(value))
        case "text":
            html = markup.clean(expand_db_html(value.source), settings.BASE_URL)
            return Words(html) if html else None
        case "item":
            page = pages.get(value["page"].pk) if value.get("page") else None
            return item(page, language, value) if page else None
        case "button":
            return Button(value["label"], absolute(value.href)) if value.href else None
        case _:
            return _picture(value)


def _picture(value: Any) -> Picture | None:
    if not value.get("image"):
        return None
    made = value["image"].get_rendition(PICTURE_FILTER)
    width = min(COLUMN, made.width)
    alt = "" if value.get("decorative") else value.get("alt") or ""
    size = CardImage(absolute(made.url), width, round(made.height * width / made.width), alt)
    return Picture(size, value.get("caption") or "", bool(value.get("decorative")))


def _thumb(image: CardImage | None) -> CardImage | None:
    """Return a small picture of fixed width beside the news."""
    small = pictures.beside(image)
    return replace(small, url=absolute(small.url)) if small else None
