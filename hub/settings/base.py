"""Settings that hold everywhere. Safe by themselves: DEBUG off, no secret here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from hub.settings.environment import value
from hub.settings.keys import stored_key
from hub.settings.mail import mail_settings

PROJECT_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = (PROJECT_DIR / value("HUB_DATA_DIR")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = value("SECRET_KEY")
ALLOWED_HOSTS = value("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = value("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "home",
    "kenniskamer",
    "toolkit",
    "podcasts",
    "newsletter",
    "participants",
    "search",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.TextGZipMiddleware",
    "core.middleware.CachingMiddleware",
    "core.middleware.PlainConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PlainLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------

# A write transaction takes the lock when it begins (IMMEDIATE), so that two
# writers wait for one another instead of failing halfway; WAL lets readers go on.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "db.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            # What is deleted is overwritten: an erased person is not left in free space.
            "PRAGMA secure_delete=ON;"
        ),
    },
}
DATABASES = {
    "default": dj_database_url.parse(value("DATABASE_URL"), conn_max_age=60)
    if value("DATABASE_URL")
    else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # A reference takes long to make and stays the same; about 3 kB for a study and language.
    "citations": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "citations",
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- People ---------------------------------------------------------------

# Not SECRET_KEY: unsubscribing from an old mail works for years, and who left stays known.
PEOPLE_KEYS = value("PEOPLE_KEY") or [stored_key(DATA_DIR / "people.key")]

HUB_FORGET_UNCONFIRMED_DAYS = value("HUB_FORGET_UNCONFIRMED_DAYS")
HUB_KEEP_CONSENT_DAYS = value("HUB_KEEP_CONSENT_DAYS")

AUTH_USER_MODEL = "core.User"
EDITOR_PASSWORD = value("HUB_EDITOR_PASSWORD")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Alerts ---------------------------------------------------------------

ALERTS_HOUR = value("ALERTS_HOUR")

# --- Languages ------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
FOLDER = "django.core.files.storage.FileSystemStorage"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": FOLDER},
    "audio": {
        "BACKEND": value("AUDIO_STORAGE") or FOLDER,
        "OPTIONS": value("AUDIO_STORAGE_OPTIONS"),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_BY = value("FILES_BY")
AUDIO_ORIGIN = value("AUDIO_ORIGIN")
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
HUB_MAX_UPLOAD_BYTES = value("HUB_MAX_UPLOAD_MB") * 1_000_000
HUB_MAX_AUDIO_BYTES = value("HUB_MAX_AUDIO_MB") * 1_000_000
# What editors give an address of is fetched from the open internet only; tests have a server
# of their own.
FETCH_PRIVATE = False
LOOK_OUTSIDE = value("LOOK_OUTSIDE")

TESSERACT = value("TESSERACT")

# Seconds that counts of downloads wait to be written together.
DOWNLOAD_COUNTS_SECONDS: float | None = 2.0

# --- Search ---------------------------------------------------------------

SEARCH_INDEX_PATH = DATA_DIR / "search.sqlite3"
# Days that counts of questions are kept, and seconds they wait to be written together.
SEARCH_COUNTS_DAYS = value("SEARCH_COUNTS_DAYS")
SEARCH_COUNTS_SECONDS: float | None = 2.0
SEARCH_URL = value("SEARCH_URL")

# --- Security -------------------------------------------------------------

TRUSTED_PROXY = value("TRUSTED_PROXY")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Wagtail --------------------------------------------------------------

BASE_URL = value("BASE_URL").rstrip("/")
HUB_REVIEW_AFTER_DAYS = value("HUB_REVIEW_AFTER_DAYS")
WAGTAIL_SITE_NAME = "Hub"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.admin_search"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.HubImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.HubDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.document_form.HubDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = HUB_MAX_UPLOAD_BYTES
# A page sent for translation starts as a draft: no Dutch text appears under /en/ meanwhile.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Logging: no addresses, names or queries of people ----------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.log_privacy.CleanFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": value("LOG_LEVEL")},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "pypdf": {"level": "ERROR"},
        # One line per task started and ended would bury what matters.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        # What a cluster does not do is told by search itself, in one sentence.
        "opensearch": {"level": "ERROR"},
        "elastic_transport": {"level": "ERROR"},
    },
}

# --- Mail -----------------------------------------------------------------

# EMAIL_BACKEND and what goes with it.
globals().update(mail_settings(value("EMAIL_URL"), DATA_DIR / "mail"))

# --- Newsletter: `manage.py deliver` ----------------------------------------

NEWSLETTER_CONNECTIONS = value("NEWSLETTER_CONNECTIONS")
NEWSLETTER_PER_CONNECTION = value("NEWSLETTER_PER_CONNECTION")
NEWSLETTER_RATE = value("NEWSLETTER_RATE")
NEWSLETTER_DOMAIN_RATES = value("NEWSLETTER_DOMAIN_RATES")
NEWSLETTER_RETRY_SECONDS = value("NEWSLETTER_RETRY_SECONDS")
NEWSLETTER_RETRY_HOURS = value("NEWSLETTER_RETRY_HOURS")
NEWSLETTER_LATE_HOURS = value("NEWSLETTER_LATE_HOURS")
NEWSLETTER_LOG_DAYS = value("NEWSLETTER_LOG_DAYS")
BOUNCE_ADDRESS = value("BOUNCE_ADDRESS")
DKIM_SELECTORS = value("DKIM_SELECTORS")
INSTALLATION_KEY = value("INSTALLATION_KEY")

BOUNCES_URL = value("BOUNCES_URL")
ANYMAIL = globals().get("ANYMAIL", {})
if value("ANYMAIL_WEBHOOK_SECRET"):
    ANYMAIL["WEBHOOK_SECRET"] = value("ANYMAIL_WEBHOOK_SECRET")
