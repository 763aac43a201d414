"""The feed of django-cast with the same episodes. Runs in an environment of its own.

Its settings are those of its own quickstart, with templates cached as in production.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

from benchmarks.podcast_texts import CHAPTERS, LEAD, NOTES, SECONDS, row, title
from cast import CAST_APPS, CAST_MIDDLEWARE

FOLDER = Path(os.environ["PEER_DIR"])
TIMES = 7


def configure() -> None:
    """Set Django up as the quickstart of django-cast does."""
    context = [f"django.template.context_processors.{name}" for name in ("debug", "request")] + [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    settings.configure(
        SECRET_KEY="only-here", DEBUG=False, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in (
                "admin", "auth", "contenttypes", "sessions", "messages", "staticfiles", "sites",
            )),
            *CAST_APPS,
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *CAST_MIDDLEWARE,
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": context},
        }],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "db.sqlite3",
        }},
        USE_TZ=True, STATIC_URL="static/", STATIC_ROOT=FOLDER / "static", MEDIA_URL="/media/",
        MEDIA_ROOT=FOLDER / "media", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SITE_ID=1,
        WAGTAIL_SITE_NAME="peer", WAGTAILADMIN_BASE_URL="http://localhost", COMMENTS_APP="cast.comments",
        CAST_COMMENTS_EXCLUDE_FIELDS=("email", "url", "title"), CAST_COMMENTS_ENABLED=True,
        CRISPY_TEMPLATE_PACK="bootstrap4", CRISPY_ALLOWED_TEMPLATE_PACKS="bootstrap4",
        DJANGO_VITE={"cast": {"dev_mode": False, "static_url_prefix": "cast/vite/"}},
    )  # fmt: skip
    django.setup()


configure()

from cast.models import Audio, ChapterMark, Episode, Podcast, Transcript
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

from wagtail import urls as wagtail_urls
from wagtail.models import Site

urlpatterns = [
    path("cast/", include("cast.urls", namespace="cast")),
    path("", include(wagtail_urls)),
]


def series() -> Podcast:
    """Make an empty series."""
    user = get_user_model().objects.create_user("editor")
    podcast = Podcast(title="In gesprek", slug="in-gesprek", owner=user, author="Redactie")
    return Site.objects.get().root_page.add_child(instance=podcast)


def add_episode(podcast: Podcast, number: int) -> None:
    """Put one episode in the series."""
    audio = Audio(
        user=podcast.owner, title=str(number), duration=dt.timedelta(seconds=SECONDS),
        mp3=ContentFile(b"ID3", f"{number}.mp3"), data={"size": {"mp3": 24_000_000}},
    )  # fmt: skip
    audio.save(duration=False, cache_file_sizes=False)
    ChapterMark.objects.bulk_create(
        ChapterMark(audio=audio, start=dt.time(minute=5 * at), title=f"Hoofdstuk {at}")
        for at in range(CHAPTERS)
    )
    cue = b"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nWelkom.\n"
    Transcript.objects.create(audio=audio, vtt=ContentFile(cue, f"{number}.vtt"))
    paragraphs = [{"type": "paragraph", "value": f"<p>{LEAD}</p>{NOTES}"}]
    podcast.add_child(
        instance=Episode(
            title=title(number), slug=f"a{number}", owner=podcast.owner, podcast_audio=audio,
            visible_date=timezone.now(), body=json.dumps([{"type": "overview", "value": paragraphs}]),
        )
    )  # fmt: skip


def measure(podcast: Podcast) -> str:
    """Ask for the feed a number of times with an empty cache; return a row of the table."""
    address = reverse("cast:podcast_feed_rss", args=[podcast.slug, "mp3"])
    client, seconds = Client(), []
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"django-cast answered {answer.status_code}")
    for _turn in range(TIMES):
        cache.clear()
        start = time.perf_counter()
        answer = client.get(address)
        body = answer.content
        seconds.append(time.perf_counter() - start)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return row("django-cast", seconds, len(queries), body)


def main() -> None:
    """Print the rows of the table that are about django-cast."""
    call_command("migrate", verbosity=0)
    podcast, made = series(), 0
    for size in map(int, sys.argv[1:]):
        for number in range(made + 1, size + 1):
            add_episode(podcast, number)
        made = size
        print(measure(podcast), flush=True)


if __name__ == "__main__":
    main()
