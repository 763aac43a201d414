"""How mail leaves the hub, for senders that speak to the server themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True, slots=True)
class Transport:
    """What `EMAIL_URL` says.

    `kind` is "smtp" (then host and port hold), "folder" (then folder holds) or "other": a
    provider's own interface, reached through Django's mail backend only.
    """

    kind: Literal["smtp", "folder", "other"]
    host: str = ""
    port: int = 0
    security: Security = "none"
    user: str = ""
    password: str = ""
    folder: Path | None = None


def transport() -> Transport:
    """Return how mail leaves now."""
    backend = settings.EMAIL_BACKEND
    if backend == "core.mail_folder.FolderBackend":
        return Transport("folder", folder=Path(settings.MAIL_FOLDER))
    if backend != "django.core.mail.backends.smtp.EmailBackend":
        return Transport("other")
    security: Security = "starttls" if settings.EMAIL_USE_TLS else "none"
    return Transport(
        "smtp",
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        security="tls" if settings.EMAIL_USE_SSL else security,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
    )
