"""Plain text out of what editors write: for search, cards and descriptions."""

from __future__ import annotations

from typing import Any

from wagtail.rich_text import get_text_for_indexing


def rich_text(source: str) -> str:
    """Return the words of rich text, without markup."""
    return str(get_text_for_indexing(source or "")).strip()


def stream_text(value: Any) -> str:
    """Return the words of a StreamField value, one block a paragraph."""
    pieces = value.stream_block.get_searchable_content(value)
    return "\n\n".join(piece.strip() for piece in pieces if piece and piece.strip())


def until(text: str, length: int) -> str:
    """Cut text at a word boundary so that it fits in `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
