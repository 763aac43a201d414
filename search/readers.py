"""Which requests come from somebody who reads the answer."""

from __future__ import annotations

import re

from django.http import HttpRequest

from search.parameters import Question

_BOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|externalhit|mediapartners|ia_archiver|archive\.org|feedfetcher"
    r"|pingdom|uptime|statuscake|lighthouse|pagespeed|monitor|link ?check|preview|scrapy",
    re.IGNORECASE,
)
_EARLY = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_first_look(request: HttpRequest, question: Question) -> bool:
    """Say whether a request is somebody's question itself: the plain first page of answers.

    Pages, filters and orders are about a question that was counted already. Browsers say
    that they fetch ahead, and crawlers say what they are.
    """
    narrowed = bool(question.filters or question.within or question.exact)
    return (
        request.method == "GET"
        and bool(question.query)
        and not narrowed
        and question.sort == "relevance"
        and not question.refused
        and "page" not in request.GET
        and not is_machine(request)
    )


def is_machine(request: HttpRequest) -> bool:
    """Say whether a crawler asks, or a browser that fetches ahead."""
    early = any("pre" in request.headers.get(name, "").lower() for name in _EARLY)
    return early or bool(_BOT.search(request.headers.get("User-Agent", "")))
