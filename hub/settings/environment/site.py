"""The site itself: where it stands, who may reach it, how it runs."""

from __future__ import annotations

from hub.settings.environment.readers import boolean, days, words
from hub.settings.environment.variable import Variable

VARIABLES = (
    Variable(
        "DJANGO_SETTINGS_MODULE",
        "hub.settings.production",
        str,
        "Which settings apply: `hub.settings.development`, `.production` or `.test`.",
    ),
    Variable("PORT", "8000", int, "Port on which `make run` and the Procfile listen."),
    Variable(
        "WEB_HOST",
        "127.0.0.1",
        str,
        "Address on which gunicorn listens; 0.0.0.0 for all, when a proxy is elsewhere.",
    ),
    Variable("WEB_WORKERS", "2", int, "gunicorn worker processes."),
    Variable("WEB_THREADS", "4", int, "Threads per gunicorn worker."),
    Variable("LOG_LEVEL", "INFO", str, "Least severe level that is logged."),
    Variable(
        "HUB_DATA_DIR",
        "var",
        str,
        "Folder for database, media, search index and generated key; relative to the project.",
    ),
    Variable(
        "SECRET_KEY",
        "",
        str,
        "Key for signing. Required in production; `make run` makes one in the data folder.",
    ),
    Variable(
        "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", words, "Host names the site answers to."
    ),
    Variable(
        "BASE_URL",
        "http://localhost:8000",
        str,
        "Public address of the site, without a closing slash; used in links outside a request.",
    ),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        "",
        words,
        "Origins (scheme and host) whose forms are trusted, when behind a proxy.",
    ),
    Variable(
        "HTTPS",
        "yes",
        boolean,
        "Production only: redirect to https, send HSTS, secure cookies.",
    ),
    Variable(
        "TRUSTED_PROXY",
        "no",
        boolean,
        "Trust `X-Forwarded-Proto` and the last `X-Forwarded-For` from the proxy in front; only when"
        " it always sets them.",
    ),
    Variable(
        "DATABASE_URL",
        "",
        str,
        "PostgreSQL 15+ address (`postgres://…`). Empty: SQLite in the data folder.",
    ),
    Variable(
        "SEARCH_URL",
        "",
        str,
        "Elasticsearch 8/9 or OpenSearch 2/3 (`https://user:password@host:9200/prefix`)."
        " Empty: SQLite in the data folder.",
    ),
    Variable(
        "SEARCH_COUNTS_DAYS",
        "365",
        days,
        "Days that counts of what visitors search for are kept; 0: nothing is counted.",
    ),
)
