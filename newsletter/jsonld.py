"""An edition in the words of schema.org, as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import json_script
from newsletter.parts import Item

if TYPE_CHECKING:
    from newsletter.archive import PublicEdition


def as_script(page: PublicEdition, organisation: str) -> str:
    """Return the description as text that may stand inside a script element."""
    return json_script.as_script(_described(page, organisation))


def _described(page: PublicEdition, organisation: str) -> dict[str, Any]:
    content = page.content
    sent_at = page.edition.started_at
    described = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": content.title,
        "description": content.preview,
        "url": content.url,
        "inLanguage": content.language,
        "datePublished": sent_at.isoformat() if sent_at else "",
        "publisher": {"@type": "Organization", "name": organisation},
        "mentions": [
            {"@type": "CreativeWork", "name": part.title, "url": part.url}
            for part in content.parts
            if isinstance(part, Item)
        ],
    }
    return {key: value for key, value in described.items() if value}
