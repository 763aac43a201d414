"""Podcasts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PodcastsConfig(AppConfig):
    """Series, episodes, transcripts, and the feeds apps listen to."""

    name = "podcasts"
    verbose_name = _("Podcasts")

    def ready(self) -> None:
        """Follow what is published."""
        from podcasts import audio_following

        audio_following.connect()
