"""The kinds of content that can be found, as the page classes themselves say."""

from __future__ import annotations

from wagtail.models import Page, get_page_models

from core.contracts import Searchable


def searchable_models() -> list[type[Page]]:
    """Return the page classes that can be found."""
    return [
        model for model in get_page_models() if issubclass(model, Searchable) and model.search_kind
    ]


def kind_labels() -> dict[str, str]:
    """Return the name of each kind for people, in the active language."""
    return {
        model.search_kind: str(model.search_kind_label or model._meta.verbose_name)
        for model in searchable_models()
    }


def kind_weights() -> dict[str, float]:
    """Return by how much each kind counts in the ranking."""
    return {model.search_kind: model.search_kind_weight for model in searchable_models()}
