"""Headers for every answer: who may run, frame and keep our pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PUBLIC_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
# Wagtail's editor writes inline script and style itself; nothing may come from elsewhere.
ADMIN_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
ADMIN_PREFIX = "/admin/"
TOKEN = b'name="form_token"'
_TOKEN = re.compile(TOKEN + rb' value="[^"]*"')
_TEXT = re.compile(r"^(text/|application/(json|xml|javascript|[a-z0-9.+-]*\+(xml|json)))")


def _playing_from(origin: str, policy: str) -> str:
    """Let pages play recordings that are kept in an object store."""
    plain = policy.replace("; media-src 'self'", "")
    return f"{plain}; media-src 'self' {origin}"


class SecurityHeadersMiddleware:
    """Set the content security policy and the permissions policy.

    A view that needs its own policy (a stored file) sets the header itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with headers."""
        response = self.get_response(request)
        policy = ADMIN_POLICY if request.path.startswith(ADMIN_PREFIX) else PUBLIC_POLICY
        if settings.AUDIO_ORIGIN:
            policy = _playing_from(settings.AUDIO_ORIGIN, policy)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class PlainLocaleMiddleware(LocaleMiddleware):
    """Choose the language; send only the bare front door on to a language.

    Django sends every unknown address on to one with a language prefix, which then
    is unknown too: two answers where one says it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Let "not found" be "not found"."""
        if response.status_code != 404 or request.path_info == "/":
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Compress text only: a stored file keeps its length, hash and ranges."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pass other types through untouched."""
        if not _TEXT.match(response.headers.get("Content-Type", "")) or response.has_header(
            "Accept-Ranges"
        ):
            return response
        return super().process_response(request, response)


class PlainConditionalGetMiddleware(ConditionalGetMiddleware):
    """Answer "not modified" to who has the page already, whatever token its forms carry.

    A form has a token that differs by the second (`core.forms`); the page is the same.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Name the version of a page with a form by all that is not its token."""
        if (
            request.method == "GET"
            and isinstance(response, HttpResponse)
            and not response.has_header("ETag")
            and TOKEN in response.content
            and self.needs_etag(response)
        ):
            plain = _TOKEN.sub(b"", response.content)
            digest = hashlib.md5(plain, usedforsecurity=False).hexdigest()
            response.headers["ETag"] = quote_etag(digest)
        return super().process_response(request, response)


class CachingMiddleware:
    """Say how long an answer may be kept.

    A visitor's page may be kept by anyone but is always asked for again (ETag),
    so that a correction is seen at once. What an editor sees is theirs alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with Cache-Control."""
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        personal = (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or request.path.startswith(ADMIN_PREFIX)
            or bool(response.cookies)
        )
        public = request.method in ("GET", "HEAD") and not personal
        response.headers["Cache-Control"] = (
            "public, max-age=0, must-revalidate" if public else "private, no-store"
        )
        if isinstance(response, HttpResponse) and not request.path.startswith(settings.STATIC_URL):
            patch_vary_headers(response, ["Cookie"])
        return response
