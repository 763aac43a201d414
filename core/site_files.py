"""The small files machines ask for: robots.txt, security.txt, favicon."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.models import SiteSettings

# RFC 9116 §2.5.5 advises less than a year ahead.
SECURITY_TXT_LASTS = dt.timedelta(days=300)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Say what crawlers may read (RFC 9309), and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say who to tell about a weakness (RFC 9116)."""
    site = SiteSettings.for_request(request)
    contact = site.security_contact or (
        f"mailto:{site.contact_address}" if site.contact_address else f"{settings.BASE_URL}/"
    )
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (midnight + SECURITY_TXT_LASTS).astimezone(dt.UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Send browsers that guess to the real icon."""
    return HttpResponsePermanentRedirect(static("icons/favicon.ico"))
