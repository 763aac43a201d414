"""Ways to subscribe: apps that take a feed over, and a QR code for a phone."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

import segno

QUIET = 4
"""Modules of white around the code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Opener:
    """An app that can be opened with a feed."""

    name: str
    url: str


def openers(feed: str) -> list[Opener]:
    """Return apps that take a feed over when they are on the device."""
    bare = feed.split("://", 1)[-1]
    return [
        Opener("Apple Podcasts", f"podcast://{bare}"),
        Opener("AntennaPod", f"https://antennapod.org/deeplink/subscribe/?url={quote(feed, '')}"),
        Opener("Overcast", f"overcast://x-callback-url/add?url={quote(feed, '')}"),
        Opener("Pocket Casts", f"pktc://subscribe/{bare}"),
    ]


def qr_answer(podcast: Any, request: HttpRequest) -> HttpResponse:
    """Answer with the QR code of the series: its page, at the ways to subscribe."""
    url = f"{settings.BASE_URL}{podcast.url}#{_('subscribe')}"
    response = HttpResponse(qr_svg(url), content_type="image/svg+xml")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def qr_svg(text: str) -> bytes:
    """Return a QR code as SVG: black on white in every colour scheme, as scanners want it."""
    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        file, kind="svg", border=QUIET, dark="#000", light="#fff", omitsize=True, xmldecl=False
    )
    return file.getvalue()
