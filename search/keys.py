"""The names under which pages stand in the index."""

from __future__ import annotations


def key_of(page_id: int) -> str:
    """Return the key under which a page stands in the index."""
    return f"page:{page_id}"


def page_id_of(key: str) -> int | None:
    """Return the page a key stands for; None when it stands for something else."""
    kind, _, number = key.partition(":")
    return int(number) if kind == "page" and number.isdigit() else None
