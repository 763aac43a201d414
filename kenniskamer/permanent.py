"""The address of a study that never changes, whatever becomes of its title or language."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.urls import reverse


def permanent_path(key: uuid.UUID) -> str:
    """Return the permanent address of a work without the host: `/id/<key>`."""
    return reverse("permanent", args=[key])


def permanent_url(key: uuid.UUID) -> str:
    """Return the permanent address of a work, all its languages and versions together."""
    return settings.BASE_URL + permanent_path(key)
