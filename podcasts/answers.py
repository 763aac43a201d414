"""Answers for apps: readable on other sites, and asked for again without being sent again."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.http import HttpResponse
from django.utils.http import http_date, quote_etag


def for_apps(content: str | bytes, kind: str, changed: dt.datetime | None) -> HttpResponse:
    """Answer with a feed, transcript or chapters.

    The tag is set here, because the middleware makes one for GET only; it also answers
    that nothing changed.
    """
    response = HttpResponse(content, content_type=kind)
    response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["Access-Control-Allow-Origin"] = "*"
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response
