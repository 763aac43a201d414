"""Letting somebody better at it give out a file: the web server in front, or an object store.

The hub says who may have the file and counts it; the bytes, ranges and conditions are
theirs. A listener on a slow line then holds none of our threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from core.downloads import StoredFile

NGINX = "nginx"
NGINX_PREFIX = "/stored-files/"
"""The internal location of nginx (X-Accel-Redirect) under which the media folder stands."""


def is_elsewhere(stored: StoredFile) -> bool:
    """Say whether a file is kept in a store that is no folder of this machine."""
    return not isinstance(stored.file.storage, FileSystemStorage)


def hand_over(stored: StoredFile) -> HttpResponse | None:
    """Return the answer that lets another give out the file; None when that is up to us."""
    if is_elsewhere(stored):
        # The store signs the address for a short time, so the way to it is never kept.
        response: HttpResponse = HttpResponseRedirect(stored.file.storage.url(stored.file.name))
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if settings.FILES_BY == NGINX:
        response = HttpResponse(content_type=stored.content_type)
        response.headers["X-Accel-Redirect"] = NGINX_PREFIX + quote(stored.file.name)
        return response
    return None


def is_handed_over(response: HttpResponseBase) -> bool:
    """Say whether an answer only leads to who gives out the file."""
    return response.status_code == 302 or response.has_header("X-Accel-Redirect")
