"""The settings of the test suite: fast, alone on the machine, and without a worker."""

import tempfile
from pathlib import Path

from hub.settings.base import *  # noqa: F403
from hub.settings.base import DATABASES, LOGGING, STORAGES

SECRET_KEY = "only-for-tests-" * 4
PEOPLE_KEYS = ["only-for-tests-too-" * 3]
DATA_DIR = Path(tempfile.mkdtemp(prefix="hub-test-"))
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
SEARCH_INDEX_PATH = DATA_DIR / "search.sqlite3"
# Written when a test asks, not by a thread that another test meets.
SEARCH_COUNTS_SECONDS = None
DOWNLOAD_COUNTS_SECONDS = None
SEARCH_URL = ""  # tests that want a cluster say so
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://localhost:8000"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# In a file, not in memory: the browser's server and the test are two threads with a
# connection each, as in real life.
DATABASES["default"].setdefault("TEST", {})
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MAIL_FOLDER = DATA_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}}
WHITENOISE_AUTOREFRESH = True
# A scan stays a scan, also where Tesseract is installed; its own tests say otherwise.
TESSERACT = ""
# Tests that look at other sites say so, and have a server of their own on this machine.
LOOK_OUTSIDE = False
