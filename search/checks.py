"""What is wrong with the settings of search, said before the site starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from search.engines import get_engine
from search.engines.base import SearchUnreachable


def address_can_be_used(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a `SEARCH_URL` that is no address. Whether the cluster answers is not asked."""
    try:
        get_engine()
    except SearchUnreachable as error:
        return [Error(str(error), hint="See docs/settings.md.", id="search.E001")]
    return []
