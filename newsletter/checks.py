"""System checks of the newsletter: what operators must know before an edition goes out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from newsletter.delivery.service import unfit


def editions_can_leave(**kwargs: Any) -> list[CheckMessage]:
    """The provider of the settings can carry an edition, with the header to unsubscribe."""
    trouble = unfit() if settings.EMAIL_BACKEND.startswith("anymail.") else ""
    if not trouble:
        return []
    hint = "See “Mail” in docs/operators.md for what EMAIL_URL may be."
    return [Warning(trouble, hint=hint, id="newsletter.W001")]


def register_checks() -> None:
    """Add the checks to Django's."""
    register(editions_can_leave)
