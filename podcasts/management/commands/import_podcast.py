"""`manage.py import_podcast SERIES FEED`: bring a podcast in from its feed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from podcasts.importing import actions
from podcasts.importing.episodes import Verdict
from podcasts.importing.feed import text_of
from podcasts.importing.recordings import fetch_recording
from podcasts.models import AudioFile, FeedImport, ImportState, PodcastPage


class Command(BaseCommand):
    """Import a feed into a series, and say what became of each episode."""

    help = "Import a podcast feed (an address or a file) into a series. Can be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("series", type=int, help="Number of the page of the series.")
        parser.add_argument("feed", help="Address (https://…) or file.")
        parser.add_argument("--drafts", action="store_true", help="Do not publish.")
        parser.add_argument("--no-audio", action="store_true", help="Leave recordings elsewhere.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then fetch."""
        podcast = PodcastPage.objects.filter(pk=options["series"]).first()
        if podcast is None:
            raise CommandError(f"There is no series with page number {options['series']}.")
        source = options["feed"]
        is_address = source.startswith(("https://", "http://"))
        if not is_address and not Path(source).is_file():
            raise CommandError(f"{source} is neither an address nor a file.")
        row = FeedImport.objects.create(
            podcast=podcast,
            address=source if is_address else "",
            name="" if is_address else Path(source).name,
            feed="" if is_address else text_of(Path(source).read_bytes()),
            publish=not options["drafts"],
        )
        actions.work(row, on_verdict=self._tell)
        if row.state == ImportState.FAILED:
            raise CommandError(row.error)
        self.stdout.write(", ".join(f"{kind}: {count}" for kind, count in row.counts().items()))
        if not options["no_audio"]:
            self._fetch(row)

    def _tell(self, verdict: Verdict) -> None:
        reason = f" ({verdict.reason})" if verdict.reason else ""
        self.stdout.write(f"{verdict.kind}: {verdict.title}{reason}")

    def _fetch(self, row: FeedImport) -> None:
        for audio_id in actions.recordings_of(row):
            fetch_recording(audio_id)
            audio = AudioFile.objects.filter(pk=audio_id).first()
            if audio:
                self.stdout.write(f"{audio.get_state_display()}: {audio.title} {audio.error}")
