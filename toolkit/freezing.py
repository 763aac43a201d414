"""Freezing: from what editors composed to plain values that need the site no longer."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.rich_text import expand_db_html

from core.contracts import Excerpt, Quotable
from toolkit import richtext
from toolkit.content import FORMAT, Content, Part, parts_of
from toolkit.kinds import KINDS, Kind

PICTURE_FILTERS = {"png": "max-1400x1400|format-png", "jpeg": "max-1400x1400|format-jpeg"}


class FreezingError(ValueError):
    """A part cannot be frozen; the message names it and says what to do."""


@dataclass(slots=True)
class Frozen:
    """The content, and its pictures by SHA-256: their bytes and where they are shown."""

    content: Content
    pictures: dict[str, bytes] = field(default_factory=dict)
    picture_urls: dict[str, str] = field(default_factory=dict)

    def shown_pictures(self) -> list[dict[str, Any]]:
        """Return the pictures of all parts."""
        return [part["picture"] for part in parts_of(self.content) if part["picture"]]


def freeze(page: Any) -> Frozen:
    """Freeze a release as it is composed now. Raises FreezingError."""
    with translation.override(page.language):
        return _Freezer(page).freeze()


class _Freezer:
    """Freezes one release, in the language that is active."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.slugs: set[str] = set()
        self.frozen = Frozen({})

    def freeze(self) -> Frozen:
        """Return all of it."""
        page = self.page
        parent = page.get_parent() if page.path else None
        self.frozen.content = {
            "format": FORMAT,
            "toolkit": parent.title if parent else "",
            "title": page.title,
            "lead": page.lead,
            "version": page.version,
            "language": page.language,
            "date": page.released_on.isoformat(),
            "licence": str(page.licence),
            "notes": rich(page.notes),
            "chapters": [self._chapter(block) for block in page.chapters],
        }
        return self.frozen

    def _chapter(self, block: Any) -> dict[str, Any]:
        value = block.value
        return {
            "id": str(block.id or uuid.uuid4()),
            "slug": self._slug(value["title"]),
            "title": value["title"],
            "intro": rich(source(value["intro"])),
            "parts": [self._part(part) for part in value["parts"]],
        }

    def _part(self, block: Any) -> Part:
        kind, value, identity = block.block_type, block.value, str(block.id or uuid.uuid4())
        if kind == "kept":
            if value is None or not len(value.part):
                raise FreezingError(
                    _("A part that was used again is gone. Take it out, or choose another.")
                )
            kind, value = value.part[0].block_type, value.part[0].value
        if kind == "study":
            return self._study(identity, value)
        table = KINDS[kind]
        return {
            "id": identity,
            "slug": self._slug(value["title"]),
            "kind": kind,
            "title": value["title"],
            "facts": list(_facts(table, value)),
            "fields": list(_fields(table, value)),
            "citation": "",
            "links": list(_links(table, value)),
            "picture": self._picture(value),
        }

    def _study(self, identity: str, value: Any) -> Part:
        page = _in_language(value["study"], self.page.locale_id)
        if page is None or not page.live or not isinstance(page, Quotable):
            raise FreezingError(
                _("The study “%(title)s” is not public any more. Publish it, or take it out.")
                % {"title": page.title if page else "?"}
            )
        excerpt: Excerpt = page.excerpt()
        fields = [
            {"name": name, "label": label, "html": rich(html)}
            for name, label, html in excerpt.sections
        ]
        return {
            "id": identity,
            "slug": self._slug(excerpt.title),
            "kind": "study",
            "title": excerpt.title,
            "facts": [
                {"name": name, "label": label, "value": text} for name, label, text in excerpt.facts
            ],
            "fields": [*_fields(KINDS["study"], value), *(row for row in fields if row["html"])],
            "citation": excerpt.citation,
            "links": [
                {"label": label, "url": url}
                for label, address in excerpt.links
                if (url := richtext.absolute(address, settings.BASE_URL))
            ],
            "picture": None,
        }

    def _picture(self, value: Any) -> dict[str, Any] | None:
        image = value.get("image")
        if not image:
            return None
        kind = "png" if image.file.name.lower().endswith((".png", ".gif")) else "jpeg"
        try:
            rendition = image.get_rendition(PICTURE_FILTERS[kind])
            with rendition.file.open("rb") as file:
                data = file.read()
        except Exception as error:
            raise FreezingError(
                _("The picture of “%(title)s” cannot be read. Choose another.")
                % {"title": value["title"]}
            ) from error
        sha256 = hashlib.sha256(data).hexdigest()
        self.frozen.pictures[sha256] = data
        self.frozen.picture_urls[sha256] = rendition.url
        return {
            "sha256": sha256,
            "format": "png" if kind == "png" else "jpg",
            "width": rendition.width,
            "height": rendition.height,
            "alt": value.get("alt", ""),
        }

    def _slug(self, title: str) -> str:
        """Return a slug that is unique in this release."""
        first = slugify(title)[:80].strip("-") or "deel"
        slug, number = first, 1
        while slug in self.slugs:
            number += 1
            slug = f"{first}-{number}"
        self.slugs.add(slug)
        return slug


def _in_language(page: Any, locale_id: int) -> Any:
    """Return a chosen page in a language, or as it was chosen where it is not public there."""
    if page is None or page.locale_id == locale_id:
        return page and page.specific
    found = page.get_translations().filter(locale_id=locale_id, live=True).first()
    return (found or page).specific


def rich(html: str) -> str:
    """Return rich text of the CMS as HTML that holds outside it."""
    return richtext.to_html(richtext.parse(expand_db_html(html or ""), settings.BASE_URL))


def source(value: Any) -> str:
    """Return the stored form of a rich text block."""
    return str(getattr(value, "source", value) or "")


def _facts(kind: Kind, value: Any) -> Iterator[dict[str, str]]:
    for name, label in kind.facts:
        if text := str(value.get(name) or "").strip():
            yield {"name": name, "label": str(label), "value": text}


def _fields(kind: Kind, value: Any) -> Iterator[dict[str, str]]:
    for name, label in kind.texts:
        if html := _field(name, value.get(name)):
            yield {"name": name, "label": str(label), "html": html}


def _field(name: str, value: Any) -> str:
    """Return one text; steps are numbered, materials are a list."""
    if name == "steps":
        items = [richtext.parse(rich(source(step))) for step in value or ()]
        return _list("ol", items)
    if name == "materials":
        return _list("ul", [richtext.paragraphs(text) for text in value or ()])
    return rich(source(value))


def _list(kind: str, items: list[list[richtext.Block]]) -> str:
    filled = [item for item in items if item]
    return richtext.to_html([{"kind": kind, "items": filled}]) if filled else ""


def _links(kind: Kind, value: Any) -> Iterator[dict[str, str]]:
    for name, label in kind.links:
        target = value.get(name)
        url = richtext.absolute(str(getattr(target, "url", target) or ""), settings.BASE_URL)
        if target and url:
            yield {"label": str(label), "url": url}
