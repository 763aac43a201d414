"""Which requests come from a machine that says so, and not from a reader."""

from __future__ import annotations

import re

from django.http import HttpRequest

_BOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|externalhit|mediapartners|ia_archiver|archive\.org|feedfetcher"
    r"|pingdom|uptime|statuscake|lighthouse|pagespeed|monitor|link ?check|preview|scrapy",
    re.IGNORECASE,
)
_EARLY = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_machine(request: HttpRequest) -> bool:
    """Say whether a crawler asks, or a browser that fetches ahead."""
    early = any("pre" in request.headers.get(name, "").lower() for name in _EARLY)
    return early or bool(_BOT.search(request.headers.get("User-Agent", "")))
