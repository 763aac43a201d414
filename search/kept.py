"""Something read from the database and kept in the memory of each process.

A change is seen at once where it is saved, and by other processes within a minute, or at
once where they share a cache.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

T = TypeVar("T")
SECONDS = 60


class Kept(Generic[T]):
    """What `build` returns, built again when something in it changed."""

    def __init__(self, key: str, build: Callable[[], T]) -> None:
        self.key = key
        self.build = build
        self._kept: dict[str, T] = {}

    def get(self) -> T:
        """Return it, built anew when it was forgotten."""
        mark = cache.get(self.key)
        if mark is None:
            mark = uuid.uuid4().hex
            cache.set(self.key, mark, SECONDS)
        if mark not in self._kept:
            built = self.build()
            self._kept.clear()
            self._kept[mark] = built
            return built
        return self._kept[mark]

    def forget(self, **kwargs: Any) -> None:
        """Build it again at the next use."""
        cache.delete(self.key)

    def follow(self, *models: type[Model]) -> None:
        """Forget it whenever a row of one of the models is saved or deleted."""
        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(
                    self.forget, sender=model, dispatch_uid=f"{self.key} {model.__name__}"
                )
