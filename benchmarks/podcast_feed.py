"""The feed of a long series: time, queries and bytes, beside that of django-cast.

python -m benchmarks.podcast_feed [EPISODES ...]

PEER_PYTHON names the Python of an environment with django-cast 0.2.67; without it only our
own feed is measured. Both make the same episodes (title, notes, six chapters, a transcript)
in a new SQLite database, and are asked through Django's own client with an empty cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"

import django

django.setup()

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment
from django.utils import timezone

from wagtail.models import Locale, Page, Site

from benchmarks.podcast_texts import CHAPTERS, LEAD, NOTES, SECONDS, row, title
from home.models import HomePage
from podcasts.cues import Cue, as_rows
from podcasts.models import AudioFile, Chapter, EpisodePage, EpisodePerson, PodcastPage, Transcript

TIMES = 7


def series() -> PodcastPage:
    """Make a site with an empty series."""
    locale = Locale.objects.get_or_create(language_code="nl")[0]
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    home = Page.objects.get(pk=root.pk).add_child(
        instance=HomePage(title="Hub", slug="home", locale=locale)
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    podcast = PodcastPage(title="In gesprek", author="Redactie", owner_email="p@example.org")
    return home.add_child(instance=podcast)


def add_episode(podcast: PodcastPage, number: int) -> None:
    """Put one episode in the series."""
    audio = AudioFile(
        title=str(number), name=f"{number}.mp3", sha256=f"{number:064x}", file_size=24_000_000,
        duration=SECONDS * 1000,
    )  # fmt: skip
    audio.file.save(audio.name, ContentFile(b"ID3"), save=False)
    audio.save()
    episode = EpisodePage(
        title=title(number), slug=f"a{number}", lead=LEAD, audio=audio, number=number,
        notes=[("paragraph", NOTES)], first_published_at=timezone.now(),
    )  # fmt: skip
    episode.chapters = [
        Chapter(start=300_000 * at, title=f"Hoofdstuk {at}") for at in range(CHAPTERS)
    ]
    episode.people = [EpisodePerson(name="Noor de Wit", role="host")]
    podcast.add_child(instance=episode)
    cues = as_rows([Cue(0, 4000, "Welkom.", "Noor de Wit")])
    Transcript.objects.create(episode=episode, cues=cues, cue_count=1)


def measure(podcast: PodcastPage) -> str:
    """Ask for the feed a number of times; return a row of the table."""
    client, seconds = Client(), []
    client.get(f"{podcast.url}feed.xml")
    for _turn in range(TIMES):
        cache.clear()
        start = time.perf_counter()
        answer = client.get(f"{podcast.url}feed.xml")
        seconds.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{podcast.url}feed.xml")
    return row("hub", seconds, len(queries), answer.content)


def main() -> None:
    """Print a table for benchmarks/RESULTS.md."""
    sizes = [int(size) for size in sys.argv[1:]] or [10, 300]
    print("| feed | episodes | best time | queries | bytes |")
    print("| --- | --- | --- | --- | --- |")
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    podcast = series()
    made = 0
    for size in sizes:
        for number in range(made + 1, size + 1):
            add_episode(podcast, number)
        made = size
        print(measure(podcast), flush=True)
    peer(sizes)


def peer(sizes: list[int]) -> None:
    """Measure django-cast in its own environment, when there is one."""
    python = os.environ.get("PEER_PYTHON")
    if not python:
        print("\ndjango-cast was not measured: PEER_PYTHON names no Python that has it.")
        return
    script = Path(__file__).with_name("podcast_feed_peer.py")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "PEER_DIR": folder}
        environment["PYTHONPATH"] = str(script.parent.parent)
        command = [python, str(script), *map(str, sizes)]
        subprocess.run(command, check=False, env=environment, cwd=folder)


if __name__ == "__main__":
    main()
