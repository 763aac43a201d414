"""The settings of a public site. Refuses to start when something is unsafe."""

from django.core.exceptions import ImproperlyConfigured

from hub.settings.base import *  # noqa: F403
from hub.settings.base import BASE_URL, SECRET_KEY, TRUSTED_PROXY
from hub.settings.environment import value

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to at least 40 random characters before starting in production, "
        "for example with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

if value("DATABASE_URL") and not value("PEOPLE_KEY"):
    raise ImproperlyConfigured(
        "Set PEOPLE_KEY to at least 40 random characters, the same on every machine: with a database"
        " server there may be several, and links in mails must work on each."
    )

if value("HTTPS"):
    if not BASE_URL.startswith("https://"):
        raise ImproperlyConfigured(
            f"BASE_URL is {BASE_URL!r}: give the https address of the site, or set HTTPS=no."
        )
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
